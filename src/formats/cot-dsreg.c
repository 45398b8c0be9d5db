/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-dsreg.h"

#include "cot-clock.h"

#include "cot-dsreg-private.h"
#include "cot-lines-private.h"

/* The real output has some six thousand bytes. */
#define MAX_TEXT_BYTES (1024 * 1024)
#define MAX_VALUE_BYTES 4096
#define MAX_TESTS 64

typedef enum
{
  FIELD_TEXT, /* char * */
  FIELD_ANSWER, /* CotDsregAnswer */
  FIELD_TIME, /* gint64 */
} FieldKind;

/* Where a line's value goes. The first one of a key counts: what follows may be of another user,
 * or of a work account. */
static const struct
{
  const char *key;
  FieldKind kind;
  gsize offset;
} fields[] = {
#define FIELD(key, kind, member) { key, kind, G_STRUCT_OFFSET (CotDsregState, member) }
  FIELD ("AzureAdJoined", FIELD_ANSWER, entra_joined),
  FIELD ("EnterpriseJoined", FIELD_ANSWER, enterprise_joined),
  FIELD ("DomainJoined", FIELD_ANSWER, domain_joined),
  FIELD ("WorkplaceJoined", FIELD_ANSWER, workplace_joined),
  FIELD ("DomainName", FIELD_TEXT, domain_name),
  FIELD ("Device Name", FIELD_TEXT, device_name),
  FIELD ("DeviceId", FIELD_TEXT, device_id),
  FIELD ("Thumbprint", FIELD_TEXT, thumbprint),
  FIELD ("TpmProtected", FIELD_ANSWER, tpm_protected),
  FIELD ("DeviceAuthStatus", FIELD_TEXT, device_auth_text),
  FIELD ("TenantName", FIELD_TEXT, tenant_name),
  FIELD ("TenantId", FIELD_TEXT, tenant_id),
  FIELD ("MdmUrl", FIELD_TEXT, mdm_url),
  FIELD ("MdmTouUrl", FIELD_TEXT, mdm_terms_url),
  FIELD ("MdmComplianceUrl", FIELD_TEXT, mdm_compliance_url),
  FIELD ("NgcSet", FIELD_ANSWER, hello_key_set),
  FIELD ("WamDefaultSet", FIELD_ANSWER, wam_default_set),
  FIELD ("AzureAdPrt", FIELD_ANSWER, entra_token.present),
  FIELD ("AzureAdPrtUpdateTime", FIELD_TIME, entra_token.update_usec),
  FIELD ("AzureAdPrtExpiryTime", FIELD_TIME, entra_token.expiry_usec),
  FIELD ("AzureAdPrtAuthority", FIELD_TEXT, entra_token.authority),
  FIELD ("EnterprisePrt", FIELD_ANSWER, enterprise_token.present),
  FIELD ("EnterprisePrtUpdateTime", FIELD_TIME, enterprise_token.update_usec),
  FIELD ("EnterprisePrtExpiryTime", FIELD_TIME, enterprise_token.expiry_usec),
  FIELD ("EnterprisePrtAuthority", FIELD_TEXT, enterprise_token.authority),
  FIELD ("OnPremTgt", FIELD_ANSWER, on_premises_ticket),
  FIELD ("CloudTgt", FIELD_ANSWER, cloud_ticket),
  FIELD ("Previous Prt Attempt", FIELD_TIME, attempt_usec),
  FIELD ("Attempt Status", FIELD_TEXT, attempt_status),
  FIELD ("HTTP status", FIELD_TEXT, attempt_http_status),
  FIELD ("Server Error Code", FIELD_TEXT, attempt_server_code),
  FIELD ("Server Error Description", FIELD_TEXT, attempt_server_text),
  FIELD ("User Context", FIELD_TEXT, user_context),
  FIELD ("Client Time", FIELD_TIME, client_time_usec),
  FIELD ("AadRecoveryEnabled", FIELD_ANSWER, needs_recovery),
  FIELD ("Previous Registration", FIELD_TIME, registration_usec),
  FIELD ("Error Phase", FIELD_TEXT, error_phase),
  FIELD ("Client ErrorCode", FIELD_TEXT, client_error_code),
  FIELD ("Server ErrorCode", FIELD_TEXT, server_error_code),
  FIELD ("Server Message", FIELD_TEXT, server_message),
  FIELD ("PreReqResult", FIELD_TEXT, hello_result),
  FIELD ("WorkplaceTenantId", FIELD_TEXT, work_tenant_id),
  FIELD ("WorkplaceTenantName", FIELD_TEXT, work_tenant_name),
#undef FIELD
};

static char *
dup_value (CotSpan value)
{
  return g_utf8_make_valid (value.data, (gssize) MIN (value.length_bytes, MAX_VALUE_BYTES));
}

static CotDsregAnswer
read_answer (CotSpan value)
{
  if (cot_span_has_prefix (value, "YES"))
    return COT_DSREG_YES;
  return cot_span_is (value, "NO") ? COT_DSREG_NO : COT_DSREG_NOT_SAID;
}

static CotDsregOutcome
read_outcome (CotSpan value)
{
  if (cot_span_has_prefix (value, "PASS") || cot_span_is (value, "SUCCESS"))
    return COT_DSREG_OUTCOME_PASSED;
  if (cot_span_has_prefix (value, "FAIL"))
    return COT_DSREG_OUTCOME_FAILED;
  if (cot_span_has_prefix (value, "SKIP") || cot_span_has_prefix (value, "MUST "))
    return COT_DSREG_OUTCOME_SKIPPED;
  return COT_DSREG_OUTCOME_UNKNOWN;
}

/* "FAILED. ERROR (0x...)": the check could not be run, which says nothing of the device. */
static CotDsregOutcome
read_device_auth (CotSpan value)
{
  if (cot_span_has_prefix (value, "FAILED. ERROR"))
    return COT_DSREG_OUTCOME_SKIPPED;
  return read_outcome (value);
}

/* "2026-11-18 09:12:41.000 UTC"; all its times are in UTC. */
static gint64
read_time (CotSpan value)
{
  gint64 time_usec;
  gboolean is_utc;

  if (!cot_clock_parse_moment (value.data, value.length_bytes, &time_usec, &is_utc))
    return COT_TIME_NONE;
  return time_usec;
}

/* "[ 2023-03-03 14:37:29.000 UTC -- 2033-03-03 15:07:29.000 UTC ]" */
static void
read_validity (CotDsregState *self, CotSpan value)
{
  static const char dashes[] = " -- ";
  const char *middle = memmem (value.data, value.length_bytes, dashes, strlen (dashes));
  gsize from, to;

  if (middle == NULL || value.data[0] != '[' || value.data[value.length_bytes - 1] != ']'
      || self->certificate_from_usec != COT_TIME_NONE)
    return;
  from = (gsize) (middle - value.data);
  to = value.length_bytes - 1;
  self->certificate_from_usec = read_time (cot_span (value.data, 1, from));
  if (from + strlen (dashes) <= to)
    self->certificate_until_usec = read_time (cot_span (value.data, from + strlen (dashes), to));
}

static void
dsreg_test_free (CotDsregTest *test)
{
  g_free (test->name);
  g_free (test->value);
  g_free (test);
}

static void
take_test (CotDsregState *self, const CotDsregLine *line)
{
  CotDsregTest *test;

  if (self->tests->len == MAX_TESTS)
    return;
  test = g_new0 (CotDsregTest, 1);
  test->name = dup_value (line->key);
  test->value = dup_value (line->value);
  test->outcome = read_outcome (line->value);
  self->n_failed_tests += test->outcome == COT_DSREG_OUTCOME_FAILED;
  g_ptr_array_add (self->tests, test);
}

static void
take_field (CotDsregState *self, const CotDsregLine *line, FieldKind kind, gsize offset)
{
  gpointer member = (char *) self + offset;

  switch (kind)
    {
    case FIELD_TEXT:
      if (*(char **) member == NULL)
        *(char **) member = dup_value (line->value);
      break;
    case FIELD_ANSWER:
      if (*(CotDsregAnswer *) member == COT_DSREG_NOT_SAID)
        *(CotDsregAnswer *) member = read_answer (line->value);
      break;
    case FIELD_TIME:
      if (*(gint64 *) member == COT_TIME_NONE)
        *(gint64 *) member = read_time (line->value);
      break;
    default:
      break;
    }
}

/* @in_work_account: its certificate and key are not the device's. */
static void
take_line (CotDsregState *self, const CotDsregLine *line, gboolean in_work_account)
{
  if (in_work_account && !cot_span_has_prefix (line->key, "Workplace"))
    return;
  if (cot_dsreg_is_test (line->key))
    take_test (self, line);
  if (cot_span_is (line->key, "DeviceCertificateValidity") && line->value.length_bytes > 0)
    read_validity (self, line->value);
  if (cot_span_is (line->key, "DeviceAuthStatus") && self->device_auth_text == NULL)
    self->device_auth = read_device_auth (line->value);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (cot_span_is (line->key, fields[i].key))
      take_field (self, line, fields[i].kind, fields[i].offset);
}

/* By the table of the manual. A work account beside a join changes nothing. */
static CotDsregJoin
judge_join (const CotDsregState *self)
{
  if (self->entra_joined == COT_DSREG_YES)
    return self->domain_joined == COT_DSREG_YES ? COT_DSREG_JOIN_HYBRID : COT_DSREG_JOIN_ENTRA;
  if (self->enterprise_joined == COT_DSREG_YES)
    return COT_DSREG_JOIN_ON_PREMISES;
  if (self->domain_joined == COT_DSREG_YES)
    return COT_DSREG_JOIN_DOMAIN;
  if (self->workplace_joined == COT_DSREG_YES)
    return COT_DSREG_JOIN_REGISTERED;
  return self->entra_joined == COT_DSREG_NO && self->domain_joined == COT_DSREG_NO
             ? COT_DSREG_JOIN_NONE
             : COT_DSREG_JOIN_UNKNOWN;
}

/**
 * cot_dsreg_state_parse:
 * @text: (array length=length_bytes): the output of dsregcmd /status in an encoding of bytes, with
 *   whatever stands around it
 * @length_bytes: its length; what is beyond 1 MiB is not read
 *
 * Reads the state of a device as a whole. Lines that are not known are passed over. Any thread.
 *
 * Returns: (transfer full): the state; one that says nothing where @text is something else
 */
CotDsregState *
cot_dsreg_state_parse (const char *text, gsize length_bytes)
{
  CotDsregState *self = g_new0 (CotDsregState, 1);
  gsize to = MIN (length_bytes, (gsize) MAX_TEXT_BYTES);
  gboolean in_work_account = FALSE;

  self->tests = g_ptr_array_new_with_free_func ((GDestroyNotify) dsreg_test_free);
  self->certificate_from_usec = self->certificate_until_usec = COT_TIME_NONE;
  self->entra_token.update_usec = self->entra_token.expiry_usec = COT_TIME_NONE;
  self->enterprise_token.update_usec = self->enterprise_token.expiry_usec = COT_TIME_NONE;
  self->attempt_usec = self->registration_usec = self->client_time_usec = COT_TIME_NONE;

  for (gsize at = 0; at < to;)
    {
      gsize line_end = cot_find_line_end (text, at, to);
      CotDsregLine line;
      CotSpan title;

      if (cot_dsreg_read_title (text, at, line_end, &title))
        {
          in_work_account = cot_span_has_prefix (title, "Work Account");
          if (in_work_account)
            self->n_work_accounts++;
        }
      else if (cot_dsreg_read_line (text, at, line_end, &line))
        {
          take_line (self, &line, in_work_account);
        }
      at = line_end + 1;
    }
  self->join = judge_join (self);
  return self;
}

/**
 * cot_dsreg_state_free:
 * @state: (transfer full) (nullable): a state
 *
 * Frees the state.
 */
void
cot_dsreg_state_free (CotDsregState *state)
{
  if (state == NULL)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (fields[i].kind == FIELD_TEXT)
      g_free (*(char **) ((char *) state + fields[i].offset));
  g_ptr_array_unref (state->tests);
  g_free (state);
}
