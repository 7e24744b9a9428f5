"""Sign-on through an organization's own provider: OpenID Connect, authorization code with PKCE."""
