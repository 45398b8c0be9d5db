/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-reports.h"

#include "test-rows.h"

#define REPORT "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\r\n<MDMEnterpriseDiagnosticsReport>"
#define PAGE                                                                                       \
  "<!DOCTYPE html><html><head><title>MDM Diagnostic Report</title><style>a{}</style></head>"

static Rows *
convert (const CotConversion *conversion, const char *text)
{
  g_assert_true (conversion->claims (text, strlen (text)));
  g_assert_true (cot_conversions_detect (text, strlen (text)) == conversion);
  return rows_new (conversion, text, strlen (text));
}

static void
test_results (void)
{
  g_autoptr (Rows) rows = convert (
      &cot_conversion_results,
      "<Collection HRESULT=\"0\"><ID>1-2</ID><SasUrl>https://x.example/?sig=c2VjcmV0</SasUrl>"
      "<RegistryKey HRESULT=\"-2147024894\">HKLM\\SOFTWARE\\Contoso</RegistryKey>"
      "<Events HRESULT=\"0\">Application</Events><OutputFileFormat>flat</OutputFileFormat>"
      "<Command HRESULT=\"0\">a.exe ?sig=c2VjcmV0</Command></Collection>");
  static const char *const wanted[] = {
    "1-2 = 0x00000000",
    "(the address of the upload is never shown)",
    "HKLM\\SOFTWARE\\Contoso = 0x80070002 (a hint: where its file is there, it was collected)",
    "Application = 0x00000000",
    "flat",
    "a.exe ?sig=******** = 0x00000000",
  };

  rows_assert_messages (rows, wanted, G_N_ELEMENTS (wanted));
  rows_assert_place (rows, 0, "Collection", "");
  rows_assert_place (rows, 1, "SasUrl", "");
  rows_assert_place (rows, 2, "RegistryKey", "");
  g_assert_cmpint (rows_get (rows, 0)->severity, ==, COT_SEVERITY_INFO);
  g_assert_cmpint (rows_get (rows, 2)->severity, ==, COT_SEVERITY_WARNING);
  g_assert_cmpint (rows_get (rows, 3)->severity, ==, COT_SEVERITY_INFO);
}

static void
test_results_broken (void)
{
  g_autoptr (Rows) rows = convert (
      &cot_conversion_results, "<Collection><Events HRESULT=\"0\">System</Events><Command HRES");
  static const char *const wanted[] = {
    "System = 0x00000000",
    "The file breaks off here, or is no XML from here on.",
  };

  rows_assert_messages (rows, wanted, G_N_ELEMENTS (wanted));
}

static void
test_xml (void)
{
  g_autoptr (Rows) rows = convert (
      &cot_conversion_mdm_xml,
      REPORT "<Version>1.0</Version><System><Os>10 &lt;b&gt;\r\n  x</Os><Serial></Serial></System>"
             "<Enrollments><Enrollment><Id>a</Id><State>1</State><Poll><Minutes>5</Minutes></Poll>"
             "<Push>no</Push></Enrollment><Enrollment><Id>b</Id></Enrollment></Enrollments>"
             "<Policies area=\"X\">text<Policy name=\"p\">1</Policy></Policies>"
             "<Url>https://x.example/?sig=c2VjcmV0&amp;a=b</Url><Empty/>"
             "</MDMEnterpriseDiagnosticsReport>");
  static const char *const wanted[] = {
    "Version: 1.0",
    "Os: 10 <b> x\nSerial: ",
    "Id: a\nState: 1",
    "Minutes: 5",
    "Push: no",
    "Id: b",
    "area: X\n(text): text",
    "name: p\n(text): 1",
    "Url: https://x.example/?sig=********&a=b\nEmpty: ",
  };

  rows_assert_messages (rows, wanted, G_N_ELEMENTS (wanted));
  rows_assert_place (rows, 0, "", "");
  rows_assert_place (rows, 1, "System", "System");
  rows_assert_place (rows, 2, "Enrollments", "Enrollments/Enrollment");
  rows_assert_place (rows, 3, "Enrollments", "Enrollments/Enrollment/Poll");
  rows_assert_place (rows, 4, "Enrollments", "Enrollments/Enrollment");
  rows_assert_place (rows, 6, "Policies", "Policies");
  rows_assert_place (rows, 7, "Policies", "Policies/Policy");
}

/* What stands before the fault is shown, and that there is one. */
static void
test_xml_broken (void)
{
  static const char sentence[] = "The report breaks off here, or is no XML from here on.";
  static const struct
  {
    const char *text;
    const char *wanted;
  } cases[] = {
    { "<A><B>1</B>", "B: 1" },
    { "<A><B>1</B><C>cut", "B: 1\nC: cut" },
    { "<A><B>1</B></C>", "B: 1" },
    { "<A><B>1</B>&nothing;", "B: 1" },
    { "<A><B>\xff\x80</B></A></MDMEnterpriseDiagnosticsReport><", "B: \xc3\xbf\xe2\x82\xac" },
  };
  g_autoptr (GString) deep = g_string_new (REPORT "<A><B>1</B>");
  g_autoptr (Rows) deepest = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat (REPORT, cases[i].text, NULL);
      g_autoptr (Rows) rows = convert (&cot_conversion_mdm_xml, text);

      rows_assert_message (rows, 0, cases[i].wanted);
      rows_assert_message (rows, rows->n - 1, sentence);
      g_assert_cmpint (rows_get (rows, rows->n - 1)->severity, ==, COT_SEVERITY_WARNING);
    }
  for (guint i = 0; i < 1000; i++)
    g_string_append (deep, "<x a='b'>");
  deepest = convert (&cot_conversion_mdm_xml, deep->str);
  rows_assert_message (deepest, 0, "B: 1");
  rows_assert_message (deepest, deepest->n - 1, sentence);
  g_assert_cmpuint (deepest->n, <, 200);
}

static void
test_xml_long (void)
{
  g_autoptr (GString) text = g_string_new (REPORT "<A><B>");
  g_autoptr (Rows) rows = NULL;
  const CotEntry *entry;

  for (guint i = 0; i < 5 * 1024 * 1024; i++)
    g_string_append (text, "\xc3\xa9");
  g_string_append (text, "</B><C>1</C></A></MDMEnterpriseDiagnosticsReport>");
  rows = convert (&cot_conversion_mdm_xml, text->str);
  entry = rows_get (rows, 0);
  g_assert_true (g_utf8_validate (entry->message.data, (gssize) entry->message.length_bytes, NULL));
  g_assert_nonnull (memmem (entry->message.data, entry->message.length_bytes, "[cut: ", 6));
  rows_assert_message (rows, rows->n - 1, "C: 1");
}

static void
test_html (void)
{
  g_autoptr (Rows) rows =
      convert (&cot_conversion_mdm_html, PAGE
               "<body><div class=\"SectionTitle\">Policies &amp; more</div><button>^</button>\n"
               "<!-- <table> --><p>What  is\n set</p><table><thead><tr><th>Area</th><th>Policy</th>"
               "</tr></thead><tr><td>Browser</td><td>Home &#60;b&#x3e;<br/>Sites</td></tr>"
               "<tr><td title='a>b'>Camera<td>1</table>"
               "<h2>Sources</h2><table><tr><th>A</th><th>B</th><th>C</th></tr>"
               "<tr><td>1</td><td>&lt;script&gt;</td><td></td></tr><tr><td>alone</td></tr></table>"
               "<script>alert('<td>x</td>')</script>end &unknown; 1 < 2 sig=c2Vj</body></html>");
  static const char *const wanted[] = {
    "What is set", "Browser:\nHome <b>\nSites",    "Camera: 1", "A: 1\nB: <script>\nC: ",
    "alone",       "end &unknown; 1 < 2 sig=****",
  };

  rows_assert_messages (rows, wanted, G_N_ELEMENTS (wanted));
  rows_assert_place (rows, 0, "Policies & more", "");
  rows_assert_place (rows, 2, "Policies & more", "");
  rows_assert_place (rows, 3, "Sources", "");
}

/* No end comes, or too many of them do. */
static void
test_html_broken (void)
{
  static const struct
  {
    const char *text;
    const char *wanted;
  } cases[] = {
    { "<p>one", "one" },
    { "<p>one</p><script>two", "one" },
    { "<p>one</p><!-- two", "one" },
    { "<p>one</p><a href=\"two", "one" },
    { "</td></tr></table>one<table></table></tr>", "one" },
    { "<td>one<", "one<" },
    { "one<p", "one" },
    { "<tr><td>one &#x110000; &#0;&amp", "one &#x110000; &#0;&amp" },
  };
  g_autoptr (GString) deep = g_string_new (PAGE);
  g_autoptr (Rows) deepest = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strconcat (PAGE, cases[i].text, NULL);
      g_autoptr (Rows) rows = convert (&cot_conversion_mdm_html, text);

      rows_assert_messages (rows, &cases[i].wanted, 1);
    }
  for (guint i = 0; i < 1000; i++)
    g_string_append (deep, "<table><tr><td>x");
  deepest = convert (&cot_conversion_mdm_html, deep->str);
  g_assert_cmpuint (deepest->n, ==, 1000);
}

static void
test_claims (void)
{
  static const char *const others[] = {
    "<html><head><title>Energy report</title>",
    "<MDMEnterpriseDiagnosticsReports>",
    "MDMEnterpriseDiagnosticsReport",
    "<!-- <MDMEnterpriseDiagnosticsReport> -->",
    "<p><title>MDM Diagnostic Report</title>",
    "<Results><Events/></Results>",
    "<![LOG[<html><title>MDM Diagnostic Report]LOG]!>",
  };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_null (cot_conversions_detect (others[i], strlen (others[i])));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/reports/results", test_results);
  g_test_add_func ("/reports/results-broken", test_results_broken);
  g_test_add_func ("/reports/xml", test_xml);
  g_test_add_func ("/reports/xml-broken", test_xml_broken);
  g_test_add_func ("/reports/xml-long", test_xml_long);
  g_test_add_func ("/reports/html", test_html);
  g_test_add_func ("/reports/html-broken", test_html_broken);
  g_test_add_func ("/reports/claims", test_claims);
  return g_test_run ();
}
