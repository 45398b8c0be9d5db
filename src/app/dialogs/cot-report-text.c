/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-report-text.h"

#include <glib/gi18n.h>

#define MARGIN_PX 12
/* Between paragraphs, of which each is one line of the text. */
#define PARAGRAPH_GAP_PX 3
#define TITLE_GAP_PX 6
#define TITLE_SCALE 1.3
#define HEADING_SCALE 1.1
#define SMALL_SCALE 0.9

/* By CotReportSpanKind. */
static const char *const tag_names[COT_N_REPORT_SPAN_KINDS]
    = { "title", "heading", "strong", "small", "line", "stand-in" };

/* The colours change with the style, so tags are coloured when the text is shown. */
static void
colour_stand_ins (GtkTextView *self, GtkTextTagTable *tags)
{
  GtkTextTag *tag = gtk_text_tag_table_lookup (tags, tag_names[COT_REPORT_SPAN_STAND_IN]);
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self));
  GdkRGBA background;
  GdkRGBA text;

  if (gtk_style_context_lookup_color (style, "accent_bg_color", &background)
      && gtk_style_context_lookup_color (style, "accent_fg_color", &text))
    g_object_set (tag, "background-rgba", &background, "foreground-rgba", &text, NULL);
}

static void
make_tags (GtkTextBuffer *buffer)
{
  gtk_text_buffer_create_tag (buffer, tag_names[COT_REPORT_SPAN_TITLE], "weight",
                              PANGO_WEIGHT_BOLD, "scale", TITLE_SCALE, "pixels-below-lines",
                              TITLE_GAP_PX, NULL);
  gtk_text_buffer_create_tag (buffer, tag_names[COT_REPORT_SPAN_HEADING], "weight",
                              PANGO_WEIGHT_BOLD, "scale", HEADING_SCALE, NULL);
  gtk_text_buffer_create_tag (buffer, tag_names[COT_REPORT_SPAN_STRONG], "weight",
                              PANGO_WEIGHT_BOLD, NULL);
  gtk_text_buffer_create_tag (buffer, tag_names[COT_REPORT_SPAN_SMALL], "scale", SMALL_SCALE, NULL);
  gtk_text_buffer_create_tag (buffer, tag_names[COT_REPORT_SPAN_LINE], "family", "monospace",
                              "scale", SMALL_SCALE, NULL);
  gtk_text_buffer_create_tag (buffer, tag_names[COT_REPORT_SPAN_STAND_IN], NULL);
}

GtkWidget *
cot_report_text_new (void)
{
  GtkWidget *self = gtk_text_view_new ();
  GtkTextView *view = GTK_TEXT_VIEW (self);

  make_tags (gtk_text_view_get_buffer (view));
  gtk_text_view_set_editable (view, FALSE);
  gtk_text_view_set_accepts_tab (view, FALSE);
  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_pixels_below_lines (view, PARAGRAPH_GAP_PX);
  gtk_text_view_set_left_margin (view, MARGIN_PX);
  gtk_text_view_set_right_margin (view, MARGIN_PX);
  gtk_text_view_set_top_margin (view, MARGIN_PX);
  gtk_text_view_set_bottom_margin (view, MARGIN_PX);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("What the report will say"), -1);
  return self;
}

void
cot_report_text_show (GtkTextView *self, const CotReportPreview *preview)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self);
  GtkAdjustment *place = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (self));
  double scrolled_to = gtk_adjustment_get_value (place);
  GtkTextIter start;

  colour_stand_ins (self, gtk_text_buffer_get_tag_table (buffer));
  gtk_text_buffer_set_text (buffer, preview->text, -1);
  for (guint i = 0; i < preview->spans->len; i++)
    {
      const CotReportSpan *span = &g_array_index (preview->spans, CotReportSpan, i);
      GtkTextIter from;
      GtkTextIter to;

      gtk_text_buffer_get_iter_at_offset (buffer, &from, (int) span->start);
      gtk_text_buffer_get_iter_at_offset (buffer, &to, (int) span->end);
      gtk_text_buffer_apply_tag_by_name (buffer, tag_names[span->kind], &from, &to);
    }
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_place_cursor (buffer, &start);
  gtk_adjustment_set_value (place, scrolled_to);
}

char *
cot_report_text_dup_selected (GtkTextView *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self);
  g_autofree char *text = NULL;
  GtkTextIter from;
  GtkTextIter to;

  if (!gtk_text_buffer_get_selection_bounds (buffer, &from, &to))
    return NULL;
  text = gtk_text_buffer_get_text (buffer, &from, &to, FALSE);
  text[strcspn (text, "\r\n")] = '\0';
  g_strstrip (text);
  return *text != '\0' ? g_steal_pointer (&text) : NULL;
}
