/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-scanner.h"

/* The component of an entry of Intune's agents is the subsystem in front of the message; where
 * there is none, what is written as the component. On the quick way the ids of both are remembered
 * by their texts. Usual logs, and those of property-scan-paths, hold no such names. */

#define RECORD(message, component)                                                                 \
  "<![LOG[" message "]LOG]!><time=\"12:34:56.7890123\" date=\"9-9-2024\" component=\"" component  \
  "\" context=\"\" type=\"1\" thread=\"1\" file=\"\">\r\n"

typedef struct
{
  CotTables tables;
  CotPart *part;
} Index;

static void
index_with (Index *self, const GString *log, CotSimd simd)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (log->str, log->len);
  g_autoptr (CotSource) source = cot_source_new_from_bytes (bytes, "Agent.log");
  g_autoptr (CotScanner) scanner = NULL;
  gboolean at_end = FALSE;

  cot_tables_init (&self->tables);
  scanner = cot_scanner_new (source, &cot_format_ime, &self->tables);
  cot_scanner_set_simd (scanner, simd);
  while (!at_end)
    g_assert_true (cot_scanner_step (scanner, &at_end, NULL));
  g_assert_cmpuint (cot_scanner_get_n_fast (scanner), >, 0);
  self->part = cot_scanner_make_part (scanner);
}

static void
index_clear (Index *self)
{
  cot_part_unref (self->part);
  cot_tables_clear (&self->tables);
}

static void
assert_component (const Index *self, guint64 ordinal, const char *wanted)
{
  CotEntryColumns columns;
  gsize n_bytes;

  cot_part_get_columns (self->part, ordinal, &columns);
  g_assert_cmpuint (columns.component, !=, COT_STRINGS_OVERFLOW);
  g_assert_cmpstr (cot_strings_get (self->tables.components, columns.component, &n_bytes), ==,
                   wanted);
}

/* A written component that begins as a subsystem does, with its bracket, is no subsystem; nor is a
 * subsystem the beginning of such a component. */
static void
test_brackets (gconstpointer simd)
{
  static const struct
  {
    const char *record;
    const char *component;
  } entries[] = {
    { RECORD ("first", "Other"), "Other" },
    { RECORD ("second", "Win32App]Win32App"), "Win32App]Win32App" },
    { RECORD ("[Win32App] third", "Other"), "Win32App" },
    { RECORD ("fourth", "Win32App.Win32App"), "Win32App.Win32App" },
    { RECORD ("fifth", "0]9"), "0]9" },
    { RECORD ("[0] sixth", "Other"), "Other" },
    { RECORD ("last", "Other"), "Other" },
  };
  g_autoptr (GString) log = g_string_new (NULL);
  Index index;

  for (guint i = 0; i < 3 * G_N_ELEMENTS (entries); i++)
    g_string_append (log, entries[i % G_N_ELEMENTS (entries)].record);
  index_with (&index, log, GPOINTER_TO_UINT (simd));
  for (guint i = 0; i < 3 * G_N_ELEMENTS (entries); i++)
    assert_component (&index, i, entries[i % G_N_ELEMENTS (entries)].component);
  index_clear (&index);
}

/* What is written in the place of a subsystem is no string of the log: it takes no room in the
 * table, which has some for 65,534. */
static void
test_replaced (gconstpointer simd)
{
  g_autoptr (GString) log = g_string_new (RECORD ("first", "Other"));
  Index index;

  for (guint i = 0; i < 66000; i++)
    g_string_append_printf (log, RECORD ("[Sub] x", "c%u"), i);
  g_string_append (log, RECORD ("[New] x", "c1"));
  g_string_append (log, RECORD ("last", "Other"));
  index_with (&index, log, GPOINTER_TO_UINT (simd));
  assert_component (&index, 66000, "Sub");
  assert_component (&index, 66001, "New");
  g_assert_cmpuint (cot_strings_get_n (index.tables.components), ==, 4);
  index_clear (&index);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint simd = 0; simd < COT_N_SIMD; simd++)
    if (cot_simd_get_scan (simd) != NULL)
      {
        g_autofree char *brackets = g_strdup_printf ("/agents-components/brackets/%u", simd);
        g_autofree char *replaced = g_strdup_printf ("/agents-components/replaced/%u", simd);

        g_test_add_data_func (brackets, GUINT_TO_POINTER (simd), test_brackets);
        g_test_add_data_func (replaced, GUINT_TO_POINTER (simd), test_replaced);
      }
  return g_test_run ();
}
