"""Forms of requests and referrals."""
