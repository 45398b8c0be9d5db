/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-print-pages.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cot-sentences.h"

#define FONT "Sans 7"
#define GAP_PT 6.0
#define ROW_GAP_PT 1.5
#define HEAD_GAP_PT 4.0
/* Pango lays out a text of this length in no time; longer ones are taken piece by piece. */
#define MAX_PIECE_BYTES (8 * 1024)
#define MAX_CELL_BYTES 512

/* In the order of exported cells. */
enum
{
  CELL_TIME,
  CELL_UTC,
  CELL_SEVERITY,
  CELL_COMPONENT,
  CELL_THREAD,
  CELL_LOG,
  CELL_ORIGIN,
  CELL_TEXT,
};

typedef struct
{
  int cell;
  CotPrintColumns flag;
  const char *heading;
  const char *widest; /* a text that just fits */
} Column;

/* From left to right; the text has the rest. */
static const Column columns_known[] = {
  { CELL_TIME, COT_PRINT_TIME, N_("Date/Time"), "2026-08-28 08:28:28.888" },
  { CELL_LOG, COT_PRINT_LOG, N_("Log"), "CoManagementHandler.log" },
  { CELL_COMPONENT, COT_PRINT_COMPONENT, N_("Component"), "CoManagementHandler" },
  { CELL_THREAD, COT_PRINT_THREAD, N_("Thread"), "48888 (0xDDDD)" },
  { CELL_ORIGIN, COT_PRINT_ORIGIN, N_("Source"), "comgmtagent.cpp:888" },
};

/* Where a page goes on. */
typedef struct
{
  gsize row; /* where it begins in the text */
  gsize piece; /* bytes of its message that are done */
  guint line; /* of that piece */
} Place;

struct _CotPrintPages
{
  char *text;
  gsize length_bytes;
  CotPrintColumns columns;
  char *title;
  char *range; /* (nullable) */

  PangoContext *context;
  PangoLayout *layout;
  double width_pt;
  double height_pt;
  double line_pt; /* height of a usual line */
  double widths_pt[G_N_ELEMENTS (columns_known)]; /* 0: is not shown */
  double mark_pt;
  double text_left_pt;

  GArray *places; /* (element-type Place): of each page that was found */
  Place next; /* where the one behind them begins */
  gboolean is_done;
  gboolean is_cut;
};

/**
 * cot_print_pages_new:
 * @text: (transfer full): the rows
 * @columns: what of them is shown
 * @title: what stands above each page
 * @range: (nullable): and beside that
 *
 * Returns: (transfer full): pages that are not found yet
 */
CotPrintPages *
cot_print_pages_new (char *text, CotPrintColumns columns, const char *title, const char *range)
{
  CotPrintPages *self = g_new0 (CotPrintPages, 1);

  self->text = text;
  self->length_bytes = strlen (text);
  self->columns = columns;
  self->title = g_strdup (title);
  self->range = g_strdup (range);
  self->places = g_array_new (FALSE, FALSE, sizeof (Place));
  return self;
}

/**
 * cot_print_pages_free:
 * @self: (transfer full): pages
 */
void
cot_print_pages_free (CotPrintPages *self)
{
  g_clear_object (&self->layout);
  g_clear_object (&self->context);
  g_array_unref (self->places);
  g_free (self->range);
  g_free (self->title);
  g_free (self->text);
  g_free (self);
}

static double
to_points (int pango_units)
{
  return (double) pango_units / PANGO_SCALE;
}

static double
measure (CotPrintPages *self, const char *text)
{
  int width;

  pango_layout_set_width (self->layout, -1);
  pango_layout_set_attributes (self->layout, NULL);
  pango_layout_set_text (self->layout, text, -1);
  pango_layout_get_size (self->layout, &width, NULL);
  return to_points (width);
}

/* Columns get what they need, but the text at least two fifths of the page. A time that is cut says
 * nothing: the others give way. */
static void
divide (CotPrintPages *self)
{
  double wanted_pt = 0;
  double room_pt;
  double factor;

  self->mark_pt = measure (self, "W");
  room_pt = 0.6 * self->width_pt - self->mark_pt - GAP_PT;
  for (guint i = 0; i < G_N_ELEMENTS (columns_known); i++)
    {
      self->widths_pt[i] = (self->columns & columns_known[i].flag) != 0
                               ? measure (self, columns_known[i].widest) + GAP_PT
                               : 0;
      if (columns_known[i].cell == CELL_TIME)
        room_pt -= self->widths_pt[i];
      else
        wanted_pt += self->widths_pt[i];
    }
  factor = wanted_pt > room_pt ? MAX (room_pt, 0) / wanted_pt : 1;
  self->text_left_pt = self->mark_pt + GAP_PT;
  for (guint i = 0; i < G_N_ELEMENTS (columns_known); i++)
    {
      if (columns_known[i].cell != CELL_TIME)
        self->widths_pt[i] *= factor;
      self->text_left_pt += self->widths_pt[i];
    }
}

/**
 * cot_print_pages_begin:
 * @context: whose fonts are used
 * @width_pt: of what can be printed on of a page
 * @height_pt: likewise
 *
 * Pages that were found before are forgotten.
 */
void
cot_print_pages_begin (CotPrintPages *self, PangoContext *context, double width_pt,
                       double height_pt)
{
  PangoFontDescription *font = pango_font_description_from_string (FONT);
  int height;

  g_clear_object (&self->layout);
  g_set_object (&self->context, context);
  self->layout = pango_layout_new (context);
  pango_layout_set_font_description (self->layout, font);
  pango_font_description_free (font);
  /* A line of a log reads from left to right. */
  pango_layout_set_auto_dir (self->layout, FALSE);
  self->width_pt = width_pt;
  self->height_pt = height_pt;
  pango_layout_set_text (self->layout, "Xg", -1);
  pango_layout_get_size (self->layout, NULL, &height);
  self->line_pt = MAX (to_points (height), 1);
  divide (self);
  g_array_set_size (self->places, 0);
  self->next = (Place){ 0, 0, 0 };
  self->is_done = FALSE;
  self->is_cut = FALSE;
}

/* One of the cells of a row; it is no string, but has a length. */
static const char *
get_cell (CotPrintPages *self, gsize row, int cell, gsize *length_bytes)
{
  const char *at = self->text + row;
  const char *end = strchrnul (at, COT_RECORD_SEPARATOR);
  const char *next;

  for (int i = 0; i < cell; i++)
    {
      next = memchr (at, COT_UNIT_SEPARATOR, (gsize) (end - at));
      at = next != NULL ? next + 1 : end;
    }
  next = memchr (at, COT_UNIT_SEPARATOR, (gsize) (end - at));
  *length_bytes = (gsize) ((next != NULL ? next : end) - at);
  return at;
}

static gsize
get_next_row (CotPrintPages *self, gsize row)
{
  const char *end = strchrnul (self->text + row, COT_RECORD_SEPARATOR);

  return *end == '\0' ? self->length_bytes : (gsize) (end + 1 - self->text);
}

/* A letter is as clear on paper without colours. */
static const char *
get_mark (CotPrintPages *self, gsize row, gboolean *is_error)
{
  gsize length_bytes;
  const char *word = get_cell (self, row, CELL_SEVERITY, &length_bytes);

  *is_error = length_bytes == strlen ("error") && strncmp (word, "error", length_bytes) == 0;
  if (*is_error)
    /* Translators: one letter that stands for "Error" on paper */
    return C_("print", "E");
  if (length_bytes == strlen ("warning") && strncmp (word, "warning", length_bytes) == 0)
    /* Translators: one letter that stands for "Warning" on paper */
    return C_("print", "W");
  return NULL;
}

static void
set_bold (CotPrintPages *self, gboolean is_bold)
{
  PangoAttrList *attributes = is_bold ? pango_attr_list_new () : NULL;

  if (attributes != NULL)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (self->layout, attributes);
  g_clear_pointer (&attributes, pango_attr_list_unref);
}

/* How much of a text is taken at once: no part of a letter. */
static gsize
limit (const char *text, gsize length_bytes, gsize max_bytes)
{
  gsize n = MIN (length_bytes, max_bytes);

  while (n < length_bytes && n > 1 && ((guint8) text[n] & 0xC0) == 0x80)
    n--;
  return n;
}

/* In one line. */
static void
draw_cell (CotPrintPages *self, cairo_t *cairo, const char *text, gsize length_bytes, double x_pt,
           double y_pt, double width_pt)
{
  pango_layout_set_text (self->layout, text, (int) limit (text, length_bytes, MAX_CELL_BYTES));
  pango_layout_set_width (self->layout, (int) (MAX (width_pt, 1) * PANGO_SCALE));
  pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (self->layout, TRUE);
  cairo_move_to (cairo, x_pt, y_pt);
  pango_cairo_show_layout (cairo, self->layout);
  pango_layout_set_single_paragraph_mode (self->layout, FALSE);
  pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_NONE);
}

/* What stands before the first line of a message. */
static void
draw_cells (CotPrintPages *self, cairo_t *cairo, gsize row, double y_pt)
{
  double x_pt = self->mark_pt + GAP_PT;
  gboolean is_error;
  const char *mark = get_mark (self, row, &is_error);

  set_bold (self, TRUE);
  if (mark != NULL)
    draw_cell (self, cairo, mark, strlen (mark), 0, y_pt, self->mark_pt + GAP_PT);
  set_bold (self, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (columns_known); i++)
    {
      gsize length_bytes;
      const char *text = get_cell (self, row, columns_known[i].cell, &length_bytes);

      if (self->widths_pt[i] == 0)
        continue;
      draw_cell (self, cairo, text, length_bytes, x_pt, y_pt, self->widths_pt[i] - GAP_PT);
      x_pt += self->widths_pt[i];
    }
}

/* What stands above the rows: a line of its own, and one with the headings. */
static double
get_top (CotPrintPages *self)
{
  return 2 * self->line_pt + 2 * HEAD_GAP_PT;
}

/* Lines of a piece from @place on, as far as they fit; FALSE: the page is full. */
static gboolean
fill_with_piece (CotPrintPages *self, cairo_t *cairo, Place *place, double bottom_pt, double *y_pt)
{
  PangoLayoutIter *iter = pango_layout_get_iter (self->layout);
  gboolean fits = TRUE;
  guint number = 0;

  do
    {
      PangoRectangle logical;
      double height_pt;

      pango_layout_iter_get_line_extents (iter, NULL, &logical);
      height_pt = to_points (logical.height);
      if (number++ < place->line)
        continue;
      /* One line stands on a page, however high it is. */
      fits = *y_pt + height_pt <= bottom_pt || *y_pt <= get_top (self);
      if (!fits)
        break;
      if (cairo != NULL)
        {
          cairo_move_to (cairo, self->text_left_pt,
                         *y_pt + to_points (pango_layout_iter_get_baseline (iter) - logical.y));
          pango_cairo_show_layout_line (cairo, pango_layout_iter_get_line_readonly (iter));
        }
      *y_pt += height_pt;
      place->line = number;
    }
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
  return fits;
}

static void
set_piece (CotPrintPages *self, const char *text, gsize length_bytes, gboolean is_bold)
{
  set_bold (self, is_bold);
  pango_layout_set_wrap (self->layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (self->layout,
                          (int) (MAX (self->width_pt - self->text_left_pt, 1) * PANGO_SCALE));
  pango_layout_set_text (self->layout, text, (int) length_bytes);
}

/* FALSE: the page is full, and @place is where the next one begins. */
static gboolean
fill_with_row (CotPrintPages *self, cairo_t *cairo, Place *place, double bottom_pt, double *y_pt)
{
  gsize length_bytes;
  const char *text = get_cell (self, place->row, CELL_TEXT, &length_bytes);
  gboolean is_error;

  get_mark (self, place->row, &is_error);
  if (*y_pt + self->line_pt > bottom_pt)
    return FALSE;
  if (cairo != NULL && place->piece == 0 && place->line == 0)
    draw_cells (self, cairo, place->row, *y_pt);
  do
    {
      gsize n = limit (text + place->piece, length_bytes - place->piece, MAX_PIECE_BYTES);

      set_piece (self, text + place->piece, n, is_error);
      if (!fill_with_piece (self, cairo, place, bottom_pt, y_pt))
        return FALSE;
      place->piece += n;
      place->line = 0;
    }
  while (place->piece < length_bytes);
  place->row = get_next_row (self, place->row);
  place->piece = 0;
  *y_pt += ROW_GAP_PT;
  return TRUE;
}

static double
get_bottom (CotPrintPages *self)
{
  return self->height_pt - self->line_pt - HEAD_GAP_PT;
}

/* Moves @place to where the next page begins. */
static void
fill (CotPrintPages *self, cairo_t *cairo, Place *place)
{
  double y_pt = get_top (self);
  double bottom_pt = get_bottom (self);
  const Place begin = *place;

  while (place->row < self->length_bytes
         && fill_with_row (self, cairo, place, bottom_pt, &y_pt))
    ;
  /* Paper on which nothing fits would never end. */
  if (memcmp (place, &begin, sizeof begin) == 0)
    place->row = self->length_bytes;
}

/**
 * cot_print_pages_find:
 * @n_pages: at most
 *
 * Returns: whether all pages are known now
 */
gboolean
cot_print_pages_find (CotPrintPages *self, guint n_pages)
{
  for (guint i = 0; i < n_pages && !self->is_done; i++)
    {
      g_array_append_val (self->places, self->next);
      fill (self, NULL, &self->next);
      self->is_cut = self->places->len == COT_PRINT_MAX_PAGES
                     && self->next.row < self->length_bytes;
      self->is_done = self->is_cut || self->next.row >= self->length_bytes;
    }
  return self->is_done;
}

/**
 * cot_print_pages_get_n_pages:
 *
 * Returns: how many were found
 */
guint
cot_print_pages_get_n_pages (CotPrintPages *self)
{
  return MAX (self->places->len, 1);
}

/**
 * cot_print_pages_is_cut:
 *
 * Returns: whether not all entries stand on the pages
 */
gboolean
cot_print_pages_is_cut (CotPrintPages *self)
{
  return self->is_cut;
}

static void
draw_right (CotPrintPages *self, cairo_t *cairo, const char *text, double y_pt)
{
  double width_pt = measure (self, text);

  draw_cell (self, cairo, text, strlen (text), MAX (self->width_pt - width_pt, 0), y_pt,
             width_pt + 1);
}

static void
draw_line (CotPrintPages *self, cairo_t *cairo, double y_pt)
{
  cairo_set_line_width (cairo, 0.5);
  cairo_move_to (cairo, 0, y_pt);
  cairo_line_to (cairo, self->width_pt, y_pt);
  cairo_stroke (cairo);
}

static void
draw_heading (CotPrintPages *self, cairo_t *cairo, const char *text, double x_pt, double width_pt)
{
  set_bold (self, TRUE);
  draw_cell (self, cairo, text, strlen (text), x_pt, self->line_pt + HEAD_GAP_PT, width_pt);
  set_bold (self, FALSE);
}

static void
draw_head (CotPrintPages *self, cairo_t *cairo)
{
  double x_pt = self->mark_pt + GAP_PT;

  if (self->range != NULL)
    draw_right (self, cairo, self->range, 0);
  set_bold (self, TRUE);
  draw_cell (self, cairo, self->title, strlen (self->title), 0, 0, self->width_pt / 2);
  set_bold (self, FALSE);
  draw_line (self, cairo, self->line_pt + HEAD_GAP_PT / 2);
  for (guint i = 0; i < G_N_ELEMENTS (columns_known); i++)
    {
      if (self->widths_pt[i] > 0)
        draw_heading (self, cairo, _(columns_known[i].heading), x_pt,
                      self->widths_pt[i] - GAP_PT);
      x_pt += self->widths_pt[i];
    }
  draw_heading (self, cairo, _("Log text"), x_pt, self->width_pt - x_pt);
}

static void
draw_foot (CotPrintPages *self, cairo_t *cairo, guint page)
{
  double y_pt = self->height_pt - self->line_pt;
  /* Translators: "Page 3 of 12" on paper */
  g_autofree char *number
      = g_strdup_printf (_("Page %u of %u"), page + 1, cot_print_pages_get_n_pages (self));

  draw_line (self, cairo, y_pt - HEAD_GAP_PT / 2);
  draw_right (self, cairo, number, y_pt);
  if (self->is_cut && page + 1 == self->places->len)
    {
      const char *text = _("Cut here: there are more entries than fit on so many pages");

      draw_cell (self, cairo, text, strlen (text), 0, y_pt, 0.8 * self->width_pt);
    }
}

/**
 * cot_print_pages_draw:
 * @cairo: the paper, its origin where printing begins
 * @page: counted from 0; one that was found
 */
void
cot_print_pages_draw (CotPrintPages *self, cairo_t *cairo, guint page)
{
  cairo_set_source_rgb (cairo, 0, 0, 0);
  draw_head (self, cairo);
  draw_foot (self, cairo, page);
  if (page < self->places->len)
    {
      Place place = g_array_index (self->places, Place, page);

      fill (self, cairo, &place);
    }
}
