/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Entries on paper: every one stands on some page, whole, whatever its length. What is drawn is
 * read back from a surface that writes down each call, with the text. */

#include "cot-print-pages.h"

#include <cairo-script.h>
#include <string.h>

#define WIDTH_PT 500.0
#define HEIGHT_PT 700.0
#define ALL_COLUMNS                                                                                \
  (COT_PRINT_TIME | COT_PRINT_COMPONENT | COT_PRINT_THREAD | COT_PRINT_LOG | COT_PRINT_ORIGIN)

static void
add_row (GString *text, const char *severity, const char *message)
{
  g_string_append_printf (text,
                          "2026-11-18 10:00:00.345\037\037%s\037Contoso\0374012\037Contoso.log"
                          "\037x.cpp:1\037%s\036",
                          severity, message);
}

static CotPrintPages *
new_pages (GString *text, CotPrintColumns columns, double width_pt, double height_pt)
{
  PangoContext *context
      = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  CotPrintPages *pages = cot_print_pages_new (g_string_free (text, FALSE), columns, "Contoso.log",
                                              "all of it");

  cot_print_pages_begin (pages, context, width_pt, height_pt);
  g_object_unref (context);
  return pages;
}

static cairo_status_t
append (void *closure, const unsigned char *data, unsigned int length_bytes)
{
  g_string_append_len (closure, (const char *) data, length_bytes);
  return CAIRO_STATUS_SUCCESS;
}

/* What is drawn on a page, call by call. */
static char *
draw (CotPrintPages *pages, guint page)
{
  GString *calls = g_string_new (NULL);
  cairo_device_t *device = cairo_script_create_for_stream (append, calls);
  cairo_surface_t *surface
      = cairo_script_surface_create (device, CAIRO_CONTENT_COLOR_ALPHA, WIDTH_PT, HEIGHT_PT);
  cairo_t *cairo = cairo_create (surface);

  cot_print_pages_draw (pages, cairo, page);
  g_assert_cmpint (cairo_status (cairo), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cairo);
  cairo_surface_destroy (surface);
  cairo_device_finish (device);
  cairo_device_destroy (device);
  return g_string_free (calls, FALSE);
}

static guint
count_text (const char *calls, const char *text)
{
  guint n = 0;

  for (const char *at = strstr (calls, text); at != NULL; at = strstr (at + 1, text))
    n++;
  return n;
}

/* Those in texts: a call begins a line with its text, in parentheses. */
static guint
count_letters (const char *calls, char letter)
{
  g_auto (GStrv) lines = g_strsplit (calls, "\n", -1);
  guint n = 0;

  for (guint i = 0; lines[i] != NULL; i++)
    for (const char *at = lines[i]; lines[i][0] == '(' && *at != '\0' && *at != ')'; at++)
      n += *at == letter;
  return n;
}

static void
find_all (CotPrintPages *pages)
{
  while (!cot_print_pages_find (pages, 1))
    ;
}

static void
test_all_rows (void)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GString) calls = g_string_new (NULL);
  g_autoptr (CotPrintPages) pages = NULL;

  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *message = g_strdup_printf ("Step<%u>", i);

      add_row (text, i == 7 ? "error" : i == 8 ? "warning" : "info", message);
    }
  pages = new_pages (text, COT_PRINT_TIME | COT_PRINT_COMPONENT, WIDTH_PT, HEIGHT_PT);
  find_all (pages);
  g_assert_cmpuint (cot_print_pages_get_n_pages (pages), >, 2);
  g_assert_false (cot_print_pages_is_cut (pages));
  for (guint i = 0; i < cot_print_pages_get_n_pages (pages); i++)
    {
      g_autofree char *page = draw (pages, i);
      g_autofree char *number
          = g_strdup_printf ("Page %u of %u", i + 1, cot_print_pages_get_n_pages (pages));

      g_assert_cmpuint (count_text (page, number), ==, 1);
      g_assert_nonnull (strstr (page, "all of it"));
      g_assert_nonnull (strstr (page, "Component"));
      g_string_append (calls, page);
    }
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *message = g_strdup_printf ("Step<%u>", i);

      g_assert_cmpuint (count_text (calls->str, message), ==, 1);
    }
  g_assert_cmpuint (count_text (calls->str, "\n(E) ["), ==, 1);
  g_assert_cmpuint (count_text (calls->str, "\n(W) ["), ==, 1);
}

/* A message of several pages, without a space to break at, and with lines of its own. */
static void
test_long_message (void)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GString) message = g_string_new ("");
  g_autoptr (CotPrintPages) pages = NULL;
  guint n_letters = 0;
  guint n_wanted = 0;

  add_row (text, "info", "before");
  for (guint i = 0; i < 30000; i++)
    {
      /* Pieces would be cut in the middle of a letter, of which Pango complains. */
      g_string_append (message, i % 1000 == 999 ? "\n" : i % 7 == 0 ? "Ω" : "q");
      n_wanted += i % 1000 != 999 && i % 7 != 0;
    }
  add_row (text, "error", message->str);
  add_row (text, "info", "");
  add_row (text, "info", "behind");
  pages = new_pages (text, 0, WIDTH_PT, HEIGHT_PT);
  find_all (pages);
  g_assert_cmpuint (cot_print_pages_get_n_pages (pages), >, 3);
  for (guint i = 0; i < cot_print_pages_get_n_pages (pages); i++)
    {
      g_autofree char *page = draw (pages, i);

      n_letters += count_letters (page, 'q');
      g_assert_cmpuint (count_text (page, "before"), ==, i == 0);
      g_assert_cmpuint (count_text (page, "behind"), ==,
                        i + 1 == cot_print_pages_get_n_pages (pages));
    }
  g_assert_cmpuint (n_letters, ==, n_wanted);
}

/* Nothing to print is a page, and paper on which nothing fits has an end. */
static void
test_edges (void)
{
  g_autoptr (CotPrintPages) empty = new_pages (g_string_new (NULL), 0, WIDTH_PT, HEIGHT_PT);
  GString *text = g_string_new (NULL);
  g_autoptr (CotPrintPages) tiny = NULL;
  g_autofree char *page = NULL;

  find_all (empty);
  g_assert_cmpuint (cot_print_pages_get_n_pages (empty), ==, 1);
  page = draw (empty, 0);
  g_assert_nonnull (strstr (page, "Page 1 of 1"));
  for (guint i = 0; i < 10; i++)
    add_row (text, "info", "Step");
  tiny = new_pages (text, ALL_COLUMNS, 1, 1);
  find_all (tiny);
  g_assert_cmpuint (cot_print_pages_get_n_pages (tiny), ==, 1);
}

/* Rows that lack cells, and other text than was asked for. */
static void
test_hostile (void)
{
  static const char *const texts[] = { "\036", "\037", "\036\036\036", "a\037b", "no separators",
                                       "\037\037\037\037\037\037\037\037\037\037x\036" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (CotPrintPages) pages
          = new_pages (g_string_new (texts[i]), ALL_COLUMNS, WIDTH_PT, HEIGHT_PT);
      g_autofree char *page = NULL;

      find_all (pages);
      page = draw (pages, 0);
      g_assert_cmpuint (cot_print_pages_get_n_pages (pages), ==, 1);
    }
}

static void
test_cut (void)
{
  GString *text = g_string_new (NULL);
  g_autoptr (CotPrintPages) pages = NULL;
  g_autofree char *last = NULL;

  for (guint i = 0; i < 5000; i++)
    add_row (text, "info", "Step");
  pages = new_pages (text, 0, WIDTH_PT, 70);
  find_all (pages);
  g_assert_true (cot_print_pages_is_cut (pages));
  g_assert_cmpuint (cot_print_pages_get_n_pages (pages), ==, COT_PRINT_MAX_PAGES);
  last = draw (pages, COT_PRINT_MAX_PAGES - 1);
  g_assert_nonnull (strstr (last, "Cut here"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/print-pages/all-rows", test_all_rows);
  g_test_add_func ("/print-pages/long-message", test_long_message);
  g_test_add_func ("/print-pages/edges", test_edges);
  g_test_add_func ("/print-pages/hostile", test_hostile);
  g_test_add_func ("/print-pages/cut", test_cut);
  return g_test_run ();
}
