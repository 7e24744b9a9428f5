"""Guarding privacy: emergencies, the audit, copies of a whole record."""

#                              own  referred linked ended recalled stranger victim
TABLE = """
privacy               GET  SNP  in
emergencies           GET  SP   in
emergency_open        GET  CIS  in
emergency_open        POST CIS  in
# Ana, the clinic's coordinator, opened it; who guards privacy reviews it
emergency             GET  CSP  in  404 404 404 404 404 404
emergency_end         POST CSP  in  404 404 404 404 404 404
emergency_review      POST SP   in  404 404 404 404 404 404
privacy_audit         GET  SNP  in
privacy_audit         POST SNP  in
copies                GET  SP   in
# Ana took it in
copy                  GET  CSP  in  404 404 404 404 404 404
copy                  POST CSP  in  404 404 404 404 404 404
copy_make             POST CSP  in  404 404 404 404 404 404
copy_json             GET  CSP  in  404 404 404 404 404 404
copy_pdf              GET  CSP  in  404 404 404 404 404 404
copy_new              GET  CISP in  404 404 404 404 404 404
copy_new              POST CISP in  404 404 404 404 404 404
incidents             GET  SNP  in
incident_new          GET  CRISNP in
incident_new          POST CRISNP in
incident              GET  SNP  in  404 404 404 404 404 404
incident              POST SNP  in  404 404 404 404 404 404
demands               GET  SNP  in
demand_new            GET  CRISNP in
demand_new            POST CRISNP in
demand                GET  SNP  in  404 404 404 404 404 404
demand                POST SNP  in  404 404 404 404 404 404
amendments            GET  SP   in
amendment_new         GET  CISP in  404 404 404 404 404 404
amendment_new         POST CISP in  404 404 404 404 404 404
amendment             GET  SP   in  404 404 404 404 404 404
amendment             POST SP   in  404 404 404 404 404 404
retention             GET  SP   in
disposal              GET  SP   in  404 404 404 404 404 404
disposal              POST SP   in  404 404 404 404 404 404
hold_new              GET  SP   in  404 404 404 404 404 404
hold_new              POST SP   in  404 404 404 404 404 404
hold_lift             POST SP   in  404 404 404 404 404 404
privacy_looks         GET  SP   in
"""
