"""Pages about people: hers, her needs, questionnaires, what she agreed to."""

#                              own  referred linked ended recalled stranger victim
TABLE = """
people                GET  CISP in
person_new            GET  CIS  in
person_new            POST CIS  in
person                GET  CISP in  in  in  404 404 404 404
person_change         GET  CIS  in  404 404 404 404 404 404
person_change         POST CIS  in  404 404 404 404 404 404
happened              GET  CISP in  in  in  404 404 404 404
agree                 GET  CIS  in  404 404 404 404 404 404
agree                 POST CIS  in  404 404 404 404 404 404
without_sharing       GET  CIS  in  404 404 404 404 404 404
agreements            GET  CISP in  404 404 404 404 404 404
seen                  GET  CISP in  404 404 404 404 404 404
take_back             GET  CIS  in  404 404 404 404 404 404
take_back             POST CIS  in  404 404 404 404 404 404
screen                GET  CIS  in  404 404 404 404 404 404
screen_with           GET  CIS  in  404 404 404 404 404 404
screen_with           POST CIS  in  404 404 404 404 404 404
screening             GET  CIS  in  404 404 404 404 404 404
need_new              GET  CIS  in  404 404 404 404 404 404
need_new              POST CIS  in  404 404 404 404 404 404
need_status           GET  CIS  in  404 404 404 404 404 404
need_status           POST CIS  in  404 404 404 404 404 404
contact_new           GET  CIS  in  404 404 404 404 404 404
contact_new           POST CIS  in  404 404 404 404 404 404
# following somebody up is the caseload's work
next_move             GET  CS   in  404 404 404 404 404 404
next_move             POST CS   in  404 404 404 404 404 404
follow_up_start       POST CS   in  404 404 404 404 404 404
follow_up_end         GET  CS   in  404 404 404 404 404 404
follow_up_end         POST CS   in  404 404 404 404 404 404
service_log           GET  IS   in  404 404 404 404 404 404
service_log           POST IS   in  404 404 404 404 404 404
list_paper            GET  CISP in  404 404 404 404 404 404
choose                GET  CIS  in  404 404 404 404 404 404
choose                POST CIS  in  404 404 404 404 404 404
# what is signed, looked at by other eyes, and who is kept out
keep_out              GET  CIS  in  404 404 404 404 404 404
keep_out              POST CIS  in  404 404 404 404 404 404
agreement             GET  CISP in  404 404 404 404 404 404
agreement             POST CISP in  404 404 404 404 404 404
agreement_copy        GET  CISP in  404 404 404 404 404 404
papers                GET  CISP in
paper_check           GET  CISP in  404 404 404 404 404 404
paper_check           POST CISP in  404 404 404 404 404 404
paper_file            GET  CISP in  404 404 404 404 404 404
"""
