/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a ccmsetup command line does that the documentation does not have or forbids. */
typedef enum
{
  COT_SETUP_UNKNOWN_PARAMETER, /* not on the documented list: perhaps of another version */
  COT_SETUP_UNKNOWN_PROPERTY,
  COT_SETUP_PARAMETER_AFTER_PROPERTY, /* parameters come before properties */
  COT_SETUP_GATEWAY_WITHOUT_HTTPS, /* a gateway URL after /mp must start with https:// */
  COT_SETUP_HOSTNAME_WITH_HTTPS, /* CCMHOSTNAME stands without it */
  COT_SETUP_AUTO_SITE_WITH_HOSTNAME, /* SMSSITECODE=AUTO is not for internet clients */
  COT_SETUP_VALUE_OUT_OF_RANGE,
  COT_SETUP_MSI_ONLY_PROPERTY, /* only ccmsetup.msi takes it */
  COT_SETUP_REGTOKEN_INCOMPLETE, /* /regtoken wants /mp, CCMHOSTNAME, SMSSITECODE and SMSMP */
} CotSetupRule;

typedef struct
{
  CotSetupRule rule;
  char *token; /* as it stands in the line; a token of /regtoken is never repeated */
} CotSetupIssue;

/* @line: parameters and properties, with or without the program in front of them.
 * (transfer full) (element-type CotSetupIssue), in the order of the line. */
GPtrArray *cot_ccmsetup_line_check (const char *line);
const char *cot_setup_rule_to_string (CotSetupRule rule); /* "unknown-parameter" ... */

G_END_DECLS
