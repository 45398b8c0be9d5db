/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-ccmsetup-line.h"

#include "cot-ccmsetup-names-private.h"

#include <string.h>

/* More of them are no command line that somebody wrote. */
#define MAX_ISSUES 100

typedef struct
{
  GPtrArray *issues; /* CotSetupIssue */
  gboolean seen_property;
  gboolean has_mp;
  gboolean has_regtoken;
  gboolean has_smsmp;
  gboolean has_hostname;
  gboolean has_site_code;
  char *auto_site; /* (nullable): the token SMSSITECODE=AUTO */
  GPtrArray *bare_addresses; /* of /mp, without https:// and not plainly a gateway's */
  char *gateway_host; /* (nullable): of CCMHOSTNAME */
} Check;

static void
issue_free (gpointer data)
{
  CotSetupIssue *issue = data;

  g_free (issue->token);
  g_free (issue);
}

static void
add_issue (Check *check, CotSetupRule rule, const char *token)
{
  CotSetupIssue *issue;

  if (check->issues->len >= MAX_ISSUES)
    return;
  issue = g_new0 (CotSetupIssue, 1);
  issue->rule = rule;
  issue->token = g_strdup (token);
  g_ptr_array_add (check->issues, issue);
}

/* The next word; quotation marks hold white space together and are left out. */
static char *
next_token (const char **rest)
{
  GString *token;
  const char *p = *rest;
  gboolean quoted = FALSE;

  while (g_ascii_isspace (*p))
    p++;
  if (*p == '\0')
    return NULL;
  token = g_string_new (NULL);
  for (; *p != '\0' && (quoted || !g_ascii_isspace (*p)); p++)
    if (*p == '"')
      quoted = !quoted;
    else
      g_string_append_c (token, *p);
  *rest = p;
  return g_string_free (token, FALSE);
}

static gboolean
is_gateway (const char *address)
{
  g_autofree char *lower = g_ascii_strdown (address, -1);

  return strstr (lower, "/ccm_proxy_") != NULL || strstr (lower, ".cloudapp.net") != NULL
         || strstr (lower, ".cloudapp.azure.com") != NULL;
}

/* Without scheme, port and path. */
static char *
dup_host (const char *address)
{
  const char *scheme_end = strstr (address, "://");
  const char *host = scheme_end != NULL ? scheme_end + 3 : address;

  return g_ascii_strdown (host, (gssize) strcspn (host, ":/"));
}

static void
check_mp (Check *check, const char *value)
{
  g_auto (GStrv) addresses = g_strsplit (value, ";", -1);

  for (guint i = 0; addresses[i] != NULL; i++)
    {
      if (g_ascii_strncasecmp (addresses[i], "https://", 8) == 0)
        continue;
      if (is_gateway (addresses[i]))
        add_issue (check, COT_SETUP_GATEWAY_WITHOUT_HTTPS, addresses[i]);
      else
        g_ptr_array_add (check->bare_addresses, g_strdup (addresses[i]));
    }
}

static void
check_parameter (Check *check, const char *token)
{
  const char *colon = strchr (token, ':');
  g_autofree char *name
      = colon != NULL ? g_strndup (token + 1, (gsize) (colon - token - 1)) : g_strdup (token + 1);
  const CotSetupName *known = cot_setup_find_parameter (name);
  gboolean is_regtoken = g_ascii_strcasecmp (name, "regtoken") == 0;
  const char *shown = is_regtoken ? "/regtoken" : token; /* it is a secret */

  if (cot_setup_is_internal_parameter (name))
    return;
  if (known == NULL)
    {
      add_issue (check, COT_SETUP_UNKNOWN_PARAMETER, shown);
      return;
    }
  check->has_regtoken |= is_regtoken;
  check->has_mp |= g_str_equal (known->name, "mp");
  /* The documentation's own example puts /regtoken last. */
  if (check->seen_property && !is_regtoken)
    add_issue (check, COT_SETUP_PARAMETER_AFTER_PROPERTY, shown);
  if (colon != NULL && !cot_setup_value_is_valid (known, colon + 1))
    add_issue (check, COT_SETUP_VALUE_OUT_OF_RANGE, shown);
  if (colon != NULL && g_str_equal (known->name, "mp"))
    check_mp (check, colon + 1);
}

static void
check_property (Check *check, const char *token, const char *equals)
{
  g_autofree char *name = g_strndup (token, (gsize) (equals - token));
  const char *value = equals + 1;
  const CotSetupName *known = cot_setup_find_property (name);

  if (cot_setup_is_internal_property (name))
    return;
  check->seen_property = TRUE;
  if (known == NULL)
    {
      add_issue (check, COT_SETUP_UNKNOWN_PROPERTY, token);
      return;
    }
  if (g_str_equal (known->name, "ccmsetupcmd"))
    add_issue (check, COT_SETUP_MSI_ONLY_PROPERTY, name);
  else if (!cot_setup_value_is_valid (known, value))
    add_issue (check, COT_SETUP_VALUE_OUT_OF_RANGE, token);
  if (g_str_equal (known->name, "ccmhostname"))
    {
      check->has_hostname = TRUE;
      if (g_ascii_strncasecmp (value, "https://", 8) == 0
          || g_ascii_strncasecmp (value, "http://", 7) == 0)
        add_issue (check, COT_SETUP_HOSTNAME_WITH_HTTPS, token);
      if (is_gateway (value))
        {
          g_free (check->gateway_host);
          check->gateway_host = dup_host (value);
        }
    }
  check->has_smsmp |= g_str_equal (known->name, "smsmp");
  if (g_str_equal (known->name, "smssitecode"))
    {
      check->has_site_code = TRUE;
      if (g_ascii_strcasecmp (value, "AUTO") == 0 && check->auto_site == NULL)
        check->auto_site = g_strdup (token);
    }
}

static gboolean
is_program (const char *token)
{
  g_autofree char *lower = g_ascii_strdown (token, -1);

  return g_str_has_suffix (lower, ".exe") || g_str_has_suffix (lower, ".msi");
}

static void
check_token (Check *check, const char *token, gboolean first)
{
  const char *equals = strchr (token, '=');

  if (*token == '/' || (*token == '-' && g_ascii_isalpha (token[1])))
    check_parameter (check, token);
  else if (equals != NULL && equals != token)
    check_property (check, token, equals);
  else if (*token != '\0' && !(first && is_program (token)))
    add_issue (check, COT_SETUP_UNKNOWN_PARAMETER, token);
}

/* A host that CCMHOSTNAME names as a gateway is one after /mp, too. */
static void
check_bare_addresses (Check *check)
{
  for (guint i = 0; check->gateway_host != NULL && i < check->bare_addresses->len; i++)
    {
      const char *address = g_ptr_array_index (check->bare_addresses, i);
      g_autofree char *host = dup_host (address);

      if (g_str_equal (host, check->gateway_host))
        add_issue (check, COT_SETUP_GATEWAY_WITHOUT_HTTPS, address);
    }
}

static void
check_whole (Check *check)
{
  check_bare_addresses (check);
  if (check->auto_site != NULL && check->has_hostname)
    add_issue (check, COT_SETUP_AUTO_SITE_WITH_HOSTNAME, check->auto_site);
  if (!check->has_regtoken)
    return;
  if (!check->has_mp)
    add_issue (check, COT_SETUP_REGTOKEN_INCOMPLETE, "/mp");
  if (!check->has_hostname)
    add_issue (check, COT_SETUP_REGTOKEN_INCOMPLETE, "CCMHOSTNAME");
  if (!check->has_site_code)
    add_issue (check, COT_SETUP_REGTOKEN_INCOMPLETE, "SMSSITECODE");
  if (!check->has_smsmp)
    add_issue (check, COT_SETUP_REGTOKEN_INCOMPLETE, "SMSMP");
}

/**
 * cot_ccmsetup_line_check:
 * @line: parameters and properties of ccmsetup, with or without the program in front
 *
 * Reads the line against the documented lists and rules ("About client installation parameters and
 * properties" on learn.microsoft.com). What the product writes itself is left alone.
 *
 * Returns: (transfer full) (element-type CotSetupIssue): in the order of the line; what only the
 *   whole line shows stands last
 */
GPtrArray *
cot_ccmsetup_line_check (const char *line)
{
  g_autoptr (GPtrArray) bare_addresses = g_ptr_array_new_with_free_func (g_free);
  Check check = { .issues = g_ptr_array_new_with_free_func (issue_free),
                  .bare_addresses = bare_addresses };
  gboolean first = TRUE;
  char *token;

  while ((token = next_token (&line)) != NULL)
    {
      check_token (&check, token, first);
      first = FALSE;
      g_free (token);
    }
  check_whole (&check);
  g_free (check.auto_site);
  g_free (check.gateway_host);
  return check.issues;
}

/**
 * cot_setup_rule_to_string:
 * @rule: a rule
 *
 * Returns: the name by which the data knows it: "unknown-parameter" ...
 */
const char *
cot_setup_rule_to_string (CotSetupRule rule)
{
  static const char *const names[] = {
    [COT_SETUP_UNKNOWN_PARAMETER] = "unknown-parameter",
    [COT_SETUP_UNKNOWN_PROPERTY] = "unknown-property",
    [COT_SETUP_PARAMETER_AFTER_PROPERTY] = "parameter-after-property",
    [COT_SETUP_GATEWAY_WITHOUT_HTTPS] = "gateway-without-https",
    [COT_SETUP_HOSTNAME_WITH_HTTPS] = "hostname-with-https",
    [COT_SETUP_AUTO_SITE_WITH_HOSTNAME] = "auto-site-with-hostname",
    [COT_SETUP_VALUE_OUT_OF_RANGE] = "value-out-of-range",
    [COT_SETUP_MSI_ONLY_PROPERTY] = "msi-only-property",
    [COT_SETUP_REGTOKEN_INCOMPLETE] = "regtoken-incomplete",
  };

  return (guint) rule < G_N_ELEMENTS (names) ? names[rule] : "unknown";
}
