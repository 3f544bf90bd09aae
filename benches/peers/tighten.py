"""One peer on one network: `tighten.py TOOL FILE`. Prints its own seconds of processor time.

Events are numbered from 0, the origin on day 0; a line `u v w` says that v is at most w days after
u. Each tool is asked for as much as it can give in one piece: all latest and earliest days where it
has shortest paths, one solution where it only decides.
"""

import json
import sys
import time


def arcs(path):
    with open(path, encoding="ascii") as lines:
        events, _ = map(int, lines.readline().split())
        return events, [tuple(map(int, line.split())) for line in lines]


def networkx(events, found):
    import networkx as nx

    sums = []
    for turned in (False, True):
        graph = nx.DiGraph()
        graph.add_nodes_from(range(events))
        for u, v, w in found:
            u, v = (v, u) if turned else (u, v)
            if not graph.has_edge(u, v) or graph[u][v]["weight"] > w:
                graph.add_edge(u, v, weight=w)
        sums.append(sum(nx.single_source_bellman_ford_path_length(graph, 0).values()))
    return "all bounds", sums[0]


def clingo_dl(events, found):
    import clingo
    import clingodl

    theory = clingodl.ClingoDLTheory()
    control = clingo.Control(["0", "--warn=none"])
    theory.register(control)
    facts = "".join(f"arc({u},{v},{w})." for u, v, w in found)
    # A number would be a number: days are terms of their own.
    rules = "&diff { day(V) - day(U) } <= W :- arc(U,V,W)."
    with clingo.ast.ProgramBuilder(control) as builder:
        rewrite = lambda statement: theory.rewrite_ast(statement, builder.add)
        clingo.ast.parse_string(rules, rewrite)
        clingo.ast.parse_string(facts, builder.add)
    control.ground([("base", [])])
    theory.prepare(control)
    if not control.solve(on_model=theory.on_model).satisfiable:
        return "no solution", None
    return "one solution", None


def cp_sat(events, found):
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    days = [model.new_int_var(-1_000_000, 10_000_000, "") for _ in range(events)]
    model.add(days[0] == 0)
    for u, v, w in found:
        model.add(days[v] - days[u] <= w)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(model)
    return solver.status_name(status).lower() + ", one solution", None


def z3(events, found):
    import z3 as z

    solver = z.SolverFor("QF_IDL")
    days = [z.Int(f"d{i}") for i in range(events)]
    solver.add(days[0] == 0)
    for u, v, w in found:
        solver.add(days[v] - days[u] <= w)
    return f"{solver.check()}, one solution", None


TOOLS = {"networkx": networkx, "clingo-dl": clingo_dl, "OR-tools CP-SAT": cp_sat, "Z3": z3}


def main():
    tool, path = sys.argv[1:]
    events, found = arcs(path)
    start = time.process_time()
    gives, latest = TOOLS[tool](events, found)
    seconds = time.process_time() - start
    print(json.dumps({"seconds": round(seconds, 4), "gives": gives, "latest": latest}))


main()
