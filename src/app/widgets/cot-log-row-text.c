/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-row-text.h"

#include <string.h>

#include "cot-log-row-badge.h"

/* No letter is narrower than this: what cannot be seen is not shaped either. */
#define MIN_LETTER_PX 2
#define LEFT_TO_RIGHT_MARK "\342\200\216"
#define ELLIPSIS "\342\200\246"
/* Letters before a match that would be out of sight at the end of a long line. */
#define MATCH_CONTEXT_LETTERS 12
/* Where a thread's column is so wide, in icons, there is room for its number in hex. */
#define HEX_THREAD_ICONS 5

PangoLayout *
cot_log_text_create_layout (GtkWidget *widget)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, NULL);

  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  return layout;
}

/* The longest form of the time that fits: without the year, then without the date. */
static const char *
fit_time (const char *time, int width_px, const CotLogLayout *geometry)
{
  const char *space;

  if (g_str_has_suffix (time, "?"))
    width_px -= geometry->time_mark_px;
  if (strlen (time) < 11 || time[4] != '-' || width_px >= geometry->time_full_px)
    return time;
  if (width_px >= geometry->time_short_px)
    return time + 5;
  space = strchr (time, ' ');
  return space != NULL ? space + 1 : time;
}

/* Where a site server wrote the number twice, one is left rather than a part of both. */
static char *
dup_thread (const char *written, int width_px, const CotLogLayout *geometry)
{
  CotSpan span = cot_thread_without_hex ((CotSpan){ written, strlen (written) });
  g_autofree char *thread = g_strndup (span.data, span.length_bytes);
  guint64 number;

  if (width_px >= HEX_THREAD_ICONS * geometry->icon_px &&
      g_ascii_string_to_unsigned (thread, 10, 0, G_MAXUINT32, &number, NULL))
    return g_strdup_printf (LEFT_TO_RIGHT_MARK "%s (0x%" G_GINT64_MODIFIER "X)", thread, number);
  return g_strconcat (LEFT_TO_RIGHT_MARK, thread, NULL);
}

/* The end of the part of @text that can be seen in @width_px. */
static const char *
find_visible_end (const char *text, int width_px)
{
  gsize max_bytes = strnlen (text, COT_ROW_MESSAGE_MAX_BYTES);
  gsize n_letters = (gsize) MAX (width_px, 0) / MIN_LETTER_PX + 8;
  const char *end = text;

  while (n_letters > 0 && (gsize) (end - text) < max_bytes)
    {
      end = g_utf8_next_char (end);
      n_letters--;
    }
  return MIN (end, text + max_bytes);
}

static guint16
to_pango (float component)
{
  return (guint16) (component * 65535);
}

static void
insert_attribute (PangoAttrList *attributes, PangoAttribute *attribute, guint start, guint end)
{
  attribute->start_index = start;
  attribute->end_index = end;
  pango_attr_list_insert (attributes, attribute);
}

static void
insert_colours (PangoAttrList *attributes,
                const GdkRGBA *ground,
                const GdkRGBA *text,
                guint start,
                guint end)
{
  insert_attribute (attributes,
                    pango_attr_background_new (to_pango (ground->red), to_pango (ground->green),
                                               to_pango (ground->blue)),
                    start, end);
  insert_attribute (attributes,
                    pango_attr_foreground_new (to_pango (text->red), to_pango (text->green),
                                               to_pango (text->blue)),
                    start, end);
  /* The row's own colour may be translucent. */
  insert_attribute (attributes, pango_attr_foreground_alpha_new (G_MAXUINT16), start, end);
}

static void
lookup_highlight (GtkWidget *widget, guint colour, GdkRGBA *ground)
{
  char name[] = "cot_highlight_0";

  name[sizeof name - 2] = (char) ('0' + colour % 10);
  cot_log_lookup_color (widget, name, ground);
}

/* What a rule lights up, but for what was searched for: there is one look for that. */
static void
mark_highlights (PangoAttrList *attributes,
                 GtkWidget *widget,
                 const CotRowText *row,
                 const CotHighlights *highlights,
                 guint skipped,
                 guint added)
{
  GdkRGBA ground, text;

  cot_log_lookup_color (widget, "cot_match_fg", &text);
  for (guint i = 0; i < highlights->n_spans; i++)
    {
      const CotHighlightSpan *span = &highlights->spans[i];
      guint start = MAX (span->start_bytes, skipped);

      lookup_highlight (widget, span->colour, &ground);
      for (guint j = 0; j <= row->n_matches && start < span->end_bytes; j++)
        {
          gboolean last = j == row->n_matches;
          guint end = last ? span->end_bytes : MIN (row->matches[j].start_bytes, span->end_bytes);

          if (end > start)
            insert_colours (attributes, &ground, &text, start - skipped + added,
                            end - skipped + added);
          if (!last)
            start = MAX (start, row->matches[j].end_bytes);
        }
    }
}

static void
mark_thread (PangoAttrList *attributes, GtkWidget *widget, guint colour)
{
  GdkRGBA ground, text;

  lookup_highlight (widget, colour, &ground);
  cot_log_lookup_color (widget, "cot_match_fg", &text);
  insert_colours (attributes, &ground, &text, 0, G_MAXUINT);
}

/* @skipped bytes of the message are left out, and @added ones stand in their place. */
static void
mark_matches (PangoAttrList *attributes,
              GtkWidget *widget,
              const CotRowText *row,
              guint skipped,
              guint added)
{
  GdkRGBA ground, text;

  cot_log_lookup_color (widget, "cot_match_fg", &text);
  for (guint i = 0; i < MIN (row->n_matches, COT_ROW_MAX_MATCHES); i++)
    {
      gboolean current = (gint) i == row->current_match;
      guint start = row->matches[i].start_bytes;
      guint end = row->matches[i].end_bytes;

      if (start < skipped || end < start)
        continue;
      start = start - skipped + added;
      end = end - skipped + added;
      cot_log_lookup_color (widget, current ? "cot_match_current" : "cot_match", &ground);
      if (!current && cot_log_has_strong_ground (widget, row->severity))
        ground = (GdkRGBA){ 1, 1, 1, 1 };
      insert_colours (attributes, &ground, &text, start, end);
    }
}

/* How many bytes to leave out at the start so that the current match is seen; usually none. */
static guint
get_skipped_bytes (PangoLayout *layout, const CotRowText *row, int width_px)
{
  const CotRowMatch *match;
  const char *start;
  gsize length_bytes = strlen (row->message);
  int until_match_px;

  if (row->current_match < 0 || row->current_match >= COT_ROW_MAX_MATCHES)
    return 0;
  match = &row->matches[row->current_match];
  if (match->start_bytes > match->end_bytes || match->end_bytes > length_bytes)
    return 0;

  pango_layout_set_attributes (layout, NULL);
  pango_layout_set_width (layout, -1);
  pango_layout_set_text (layout, row->message, match->end_bytes);
  pango_layout_get_pixel_size (layout, &until_match_px, NULL);
  if (until_match_px <= width_px * 7 / 8)
    return 0;

  start = row->message + match->start_bytes;
  for (guint i = 0; i < MATCH_CONTEXT_LETTERS && start > row->message; i++)
    start = g_utf8_prev_char (start);
  return (guint) (start - row->message);
}

static void
lay_out_message (PangoLayout *layout,
                 GtkWidget *widget,
                 const CotRowText *row,
                 const CotHighlights *highlights,
                 int width_px)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  guint skipped = get_skipped_bytes (layout, row, width_px);
  const char *text = row->message + skipped;
  const char *end = find_visible_end (text, width_px);

  mark_highlights (attributes, widget, row, highlights, skipped,
                   skipped > 0 ? strlen (ELLIPSIS) : 0);
  mark_matches (attributes, widget, row, skipped, skipped > 0 ? strlen (ELLIPSIS) : 0);
  pango_layout_set_attributes (layout, attributes);
  if (skipped > 0)
    {
      g_autofree char *shifted = g_strdup_printf (ELLIPSIS "%.*s", (int) (end - text), text);

      pango_layout_set_text (layout, shifted, -1);
    }
  else
    pango_layout_set_text (layout, text, (int) (end - text));
}

/* Makes @layout show @column of @row in @width_px. */
void
cot_log_text_lay_out (PangoLayout *layout,
                      GtkWidget *widget,
                      const CotRowText *row,
                      const CotHighlights *highlights,
                      CotRowColumn column,
                      int width_px,
                      const CotLogLayout *geometry)
{
  const char *text = cot_row_text_get_column (row, column);
  g_autofree char *changed = NULL;

  if (column == COT_ROW_COLUMN_MESSAGE && row->message != NULL)
    lay_out_message (layout, widget, row, highlights, width_px);
  else
    {
      g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

      /* Figures alone would run from right to left where the interface does. */
      if (column == COT_ROW_COLUMN_TIME)
        text = changed = g_strconcat (LEFT_TO_RIGHT_MARK, fit_time (text, width_px, geometry),
                                      NULL);
      else if (column == COT_ROW_COLUMN_ELAPSED)
        text = changed = g_strconcat (LEFT_TO_RIGHT_MARK, text, NULL);
      else if (column == COT_ROW_COLUMN_THREAD)
        text = changed = dup_thread (text, width_px, geometry);
      if (changed != NULL)
        pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
      if (column == COT_ROW_COLUMN_THREAD && highlights->thread_colour != 0)
        mark_thread (attributes, widget, highlights->thread_colour);
      pango_layout_set_attributes (layout, attributes);
      /* Whose log it is stands in front, and what it is called at the end. */
      if (column == COT_ROW_COLUMN_LOG)
        pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_MIDDLE);
      pango_layout_set_text (layout, text,
                             column == COT_ROW_COLUMN_LOG
                                 ? -1
                                 : (int) (find_visible_end (text, width_px) - text));
    }
  pango_layout_set_width (layout, MAX (width_px, 0) * PANGO_SCALE);
}
