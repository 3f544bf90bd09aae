//! Days, calendars, EDTF and the phrases historians date with, each with exact day bounds.
