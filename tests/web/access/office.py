"""Pages of the office: the day, requests, the team, figures, notices, one's account."""

#                              own  referred linked ended recalled stranger victim
TABLE = """
home                  GET  CRISNP in
resume                GET  CRISNP in
resume                POST CRISNP in
act_for               POST CRISNP 404      # a listing's id is no organization of theirs
my_day                GET  CS   in
ask                   GET  CRIS in
ask                   POST CRIS in
my_requests           GET  CRIS in
request_take          GET  CS   in  404 404 404 404 404 404
request_take          POST CS   in  404 404 404 404 404 404
team                  GET  S    in
network               GET  N    in
figures               GET  CISNP in
notices               GET  CRISNP in
notices_read          POST CRISNP in
notice                GET  CRISNP in  404 404 404 404 404 404
search                GET  CRISNP in
front_desk            GET  CRISNP in
front_desk            POST CRISNP in
front_desk_switch     POST CRISNP in
front_desk_moment     POST CRISNP in
fact_sheet            GET  CRISNP in
spoken                GET  CRISNP in
"""
