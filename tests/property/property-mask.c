/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever was masked stands nowhere in a report: not in another case, not wrapped for an address,
 * a page or JSON, in neither format. */

#include "cot-report-private.h"

#include <string.h>

#define N_ROUNDS 300
#define N_MENTIONS 12

typedef enum
{
  AS_IT_IS,
  UPPER,
  LOWER,
  ESCAPED,  /* for a page */
  ENTITIES, /* each of its characters */
  HEX_ENTITIES,
  PERCENT,     /* for an address */
  ALL_PERCENT, /* each of its bytes */
  TWICE_PERCENT,
  JSON, /* each of its characters */
  N_FORMS,
} Form;

/* What says in a text that the value is one. */
static const struct
{
  const char *before;
  const char *after;
  guint shape; /* see make_value */
} contexts[] = {
  { "C:\\Users\\", "\\AppData\\Local", 0 },
  { "UserName : ", "", 0 },
  { "\"user\":\"", "\",", 0 },
  { "Device Name : ", " ok", 1 },
  { "computername=", ";", 1 },
  { "https://", ".fabrikam.example/SMS_MP", 1 },
  { "\\\\", "\\share", 1 },
  { "DomainName : ", "", 2 },
  { "mail of bea@", " came", 2 },
  { "TenantId : ", " x", 3 },
  { "\"AADTenantID\":\"{", "}\"", 3 },
  { "AAD Device ID: ", "", 3 },
  { "GUID:", " registered", 7 },
  { "Serial Number : ", " ok", 4 },
  { "Password=\"", "\" /quiet", 5 },
  { "Authorization: Bearer ", " end", 6 },
  { "?sv=1&sig=", "&se=2", 4 },
  { "secret: '", "'", 5 },
};

static char
any_of (const char *characters)
{
  return characters[g_test_rand_int_range (0, (int) strlen (characters))];
}

static void
append_some (GString *value, const char *characters, guint n)
{
  for (guint i = 0; i < n; i++)
    g_string_append_c (value, any_of (characters));
}

/* Of letters that no word of a page or a report is made of. */
static char *
make_value (guint shape)
{
  GString *value = g_string_new (NULL);
  static const guint groups[] = { 8, 4, 4, 4, 12 };

  switch (shape)
    {
    case 0:
      append_some (value, "qxzjkw", 3);
      g_string_append (value, g_test_rand_bit () ? "\u00fc" : "Z");
      append_some (value, "QXZJK", 3);
      break;
    case 1:
      append_some (value, "QXZJ", 3);
      g_string_append_c (value, '-');
      append_some (value, "0123456789", 4);
      break;
    case 2:
      append_some (value, "qxzj", 7);
      g_string_append (value, ".example");
      break;
    case 3:
    case 7:
      for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
        {
          g_string_append (value, i > 0 ? "-" : "");
          append_some (value, shape == 3 ? "0123456789abcdef" : "123456789ABCDEF", groups[i]);
        }
      break;
    case 4:
      append_some (value, "QXZJ0123456789", 9);
      g_string_append_c (value, '7');
      break;
    case 5:
      append_some (value, "qxzjQXZJ0123456789", 4);
      append_some (value, "&<>%+!|`*_#~", 4);
      append_some (value, "qxzj0123456789", 4);
      break;
    default:
      g_string_append (value, "eyJ");
      append_some (value, "qxzjQXZJ0123456789", 30);
      g_string_append_c (value, '.');
      append_some (value, "qxzjQXZJ0123456789", 20);
      break;
    }
  return g_string_free (value, FALSE);
}

static char *
wrap_all (const char *value, Form form)
{
  GString *text = g_string_new (NULL);

  if (form == ALL_PERCENT)
    for (const char *at = value; *at != '\0'; at++)
      g_string_append_printf (text, "%%%02X", (guchar) *at);
  else
    for (const char *at = value; *at != '\0'; at = g_utf8_next_char (at))
      g_string_append_printf (text,
                              form == ENTITIES       ? "&#%u;"
                              : form == HEX_ENTITIES ? "&#x%x;"
                                                     : "\\u%04x",
                              g_utf8_get_char (at));
  return g_string_free (text, FALSE);
}

static char *
wrap (const char *value, Form form)
{
  g_autofree char *once = NULL;

  switch (form)
    {
    case UPPER:
      return g_utf8_strup (value, -1);
    case LOWER:
      return g_utf8_strdown (value, -1);
    case ESCAPED:
      return g_markup_escape_text (value, -1);
    case PERCENT:
      return g_uri_escape_string (value, NULL, FALSE);
    case TWICE_PERCENT:
      once = g_uri_escape_string (value, NULL, FALSE);
      return g_uri_escape_string (once, NULL, FALSE);
    case ENTITIES:
    case HEX_ENTITIES:
    case ALL_PERCENT:
    case JSON:
      return wrap_all (value, form);
    case AS_IT_IS:
    case N_FORMS:
    default:
      return g_strdup (value);
    }
}

static void
assert_gone (const char *file, const char *value, const char *said)
{
  g_autofree char *folded = g_utf8_strdown (file, -1);

  for (Form form = AS_IT_IS; form < N_FORMS; form++)
    {
      g_autofree char *wrapped = wrap (value, form);
      g_autofree char *needle = g_utf8_strdown (wrapped, -1);
      g_autofree char *escaped = g_markup_escape_text (needle, -1);

      if (strstr (folded, needle) != NULL || strstr (folded, escaped) != NULL)
        g_error ("'%s' in form %d, learnt from '%s', stands in: %s", value, (int) form, said, file);
    }
}

/* Behind a backslash, quote, bracket or blank: the ends of a word. */
static char *
mention (const char *value)
{
  static const char *const around[]
      = { " %s ", "(%s)", "\"%s\"", "/%s/", "\\%s\\", "=%s;", "_%s_" };
  g_autofree char *wrapped = wrap (value, (Form) g_test_rand_int_range (0, N_FORMS));
  g_auto (GStrv) parts
      = g_strsplit (around[g_test_rand_int_range (0, G_N_ELEMENTS (around))], "%s", 2);

  return g_strconcat ("it says", parts[0], wrapped, parts[1], "here", NULL);
}

static void
test_nothing_leaks (void)
{
  static const CotReportStyle styles[]
      = { COT_REPORT_SAID, COT_REPORT_CODE, COT_REPORT_DATA, COT_REPORT_LINE };

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      guint context = round % G_N_ELEMENTS (contexts);
      g_autofree char *value = make_value (contexts[context].shape);
      g_autofree char *said
          = g_strconcat (contexts[context].before, value, contexts[context].after, NULL);
      g_autoptr (CotMask) mask = cot_mask_new ();
      g_autoptr (CotReport) report = cot_report_new (mask);

      /* Of a log that is not shown: what is learnt there is masked everywhere. */
      cot_mask_learn (mask, said, strlen (said));
      if (g_test_rand_bit ())
        cot_report_add (report, COT_REPORT_TITLE, COT_REPORT_DATA, said);
      for (guint i = 0; i < N_MENTIONS; i++)
        {
          g_autofree char *text = mention (value);

          cot_report_add (report, COT_REPORT_PARAGRAPH,
                          styles[g_test_rand_int_range (0, G_N_ELEMENTS (styles))], text);
        }
      g_assert_true (cot_report_close (report, NULL));
      for (guint format = 0; format < 2; format++)
        {
          g_autofree char *file = cot_report_dup_file (report, (CotReportFormat) format, TRUE);

          assert_gone (file, value, said);
        }
    }
}

static void
nothing (const char *piece, gsize length_bytes, const CotMaskItem *item, gpointer data)
{
  if (item == NULL)
    g_string_append_len (data, piece, (gssize) length_bytes);
}

/* The pieces that are not masked are those of the text, in order; and bytes of any kind are taken.
 */
static void
test_pieces (void)
{
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr (CotMask) mask = cot_mask_new ();
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GString) kept = g_string_new (NULL);
      guint n = (guint) g_test_rand_int_range (0, 60);

      for (guint i = 0; i < n; i++)
        g_string_append_c (text, any_of ("@\\:/.-%&#;xu0aA Z\xc3\xbc\xff\"'=<>S1\n"));
      cot_mask_learn (mask, text->str, text->len);
      cot_mask_count (mask, text->str);
      for (guint i = 0; i < cot_mask_get_n_items (mask); i++)
        cot_mask_set_enabled (mask, i, FALSE);
      cot_mask_apply (mask, text->str, nothing, kept);
      g_assert_cmpstr (kept->str, ==, text->str);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mask/nothing-leaks", test_nothing_leaks);
  g_test_add_func ("/mask/pieces", test_pieces);
  return g_test_run ();
}
