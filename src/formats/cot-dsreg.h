/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cot-types.h"

G_BEGIN_DECLS

typedef enum
{
  COT_DSREG_NOT_SAID,
  COT_DSREG_NO,
  COT_DSREG_YES,
} CotDsregAnswer;

/* How the device belongs to an organisation. */
typedef enum
{
  COT_DSREG_JOIN_UNKNOWN,
  COT_DSREG_JOIN_NONE,
  COT_DSREG_JOIN_DOMAIN, /* Active Directory alone */
  COT_DSREG_JOIN_REGISTERED, /* a work account of the user's only */
  COT_DSREG_JOIN_ENTRA,
  COT_DSREG_JOIN_HYBRID,
  COT_DSREG_JOIN_ON_PREMISES, /* the registration service of AD FS */
} CotDsregJoin;

typedef enum
{
  COT_DSREG_OUTCOME_UNKNOWN, /* not said, or in words that are not known */
  COT_DSREG_OUTCOME_PASSED,
  COT_DSREG_OUTCOME_FAILED,
  COT_DSREG_OUTCOME_SKIPPED, /* or it could not be run */
} CotDsregOutcome;

/* One of the tests that the program runs. */
typedef struct
{
  char *name; /* "DRS Discovery Test" */
  char *value; /* "FAIL [0x801c0021/0x801c000c]" */
  CotDsregOutcome outcome;
} CotDsregTest;

/* A primary refresh token. All times are in UTC. */
typedef struct
{
  CotDsregAnswer present;
  gint64 update_usec;
  gint64 expiry_usec;
  char *authority;
} CotDsregToken;

/**
 * CotDsregState:
 *
 * What dsregcmd /status says of a device and its user. A text that it does not say is %NULL, or
 * empty where the line stands there without a value; a time that it does not say is
 * %COT_TIME_NONE. All times are in UTC. Free with cot_dsreg_state_free().
 */
typedef struct
{
  CotDsregJoin join;
  CotDsregAnswer entra_joined;
  CotDsregAnswer enterprise_joined;
  CotDsregAnswer domain_joined;
  CotDsregAnswer workplace_joined;
  char *domain_name;
  char *device_name;

  char *device_id;
  char *thumbprint;
  gint64 certificate_from_usec;
  gint64 certificate_until_usec;
  CotDsregAnswer tpm_protected;
  CotDsregOutcome device_auth;
  char *device_auth_text; /* "FAILED. Device is either disabled or deleted" */

  char *tenant_name;
  char *tenant_id;
  char *mdm_url;
  char *mdm_terms_url;
  char *mdm_compliance_url;

  CotDsregAnswer hello_key_set;
  CotDsregAnswer wam_default_set;
  CotDsregToken entra_token;
  CotDsregToken enterprise_token;
  CotDsregAnswer on_premises_ticket;
  CotDsregAnswer cloud_ticket;
  /* The last attempt to get a token, where it failed. */
  gint64 attempt_usec;
  char *attempt_status;
  char *attempt_http_status;
  char *attempt_server_code;
  char *attempt_server_text;

  char *user_context;
  gint64 client_time_usec;
  GPtrArray *tests; /* (element-type CotDsregTest): as they stand */
  guint n_failed_tests;
  CotDsregAnswer needs_recovery;
  /* The last attempt to join, where it failed. */
  gint64 registration_usec;
  char *error_phase;
  char *client_error_code;
  char *server_error_code;
  char *server_message;
  char *hello_result; /* "WillProvision" */

  guint n_work_accounts;
  char *work_tenant_id; /* of the first one */
  char *work_tenant_name;
} CotDsregState;

CotDsregState *cot_dsreg_state_parse (const char *text, gsize length_bytes);
void cot_dsreg_state_free (CotDsregState *state);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CotDsregState, cot_dsreg_state_free)

G_END_DECLS
