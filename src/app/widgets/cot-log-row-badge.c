/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-log-row-badge.h"

#include <glib/gi18n.h>

/* A pill's word is a little smaller than the row's text. */
#define PILL_FONT_SCALE .9
#define PILL_PADDING_PX 7
#define PILL_SPACING_PX 4

typedef struct
{
  const char *icon_name;
  const char *color;
  const char *tint; /* NULL: a solid pill */
} BadgeLook;

void
cot_log_lookup_color (GtkWidget *widget, const char *name, GdkRGBA *color)
{
  GtkStyleContext *style = gtk_widget_get_style_context (widget);

  if (!gtk_style_context_lookup_color (style, name, color))
    gtk_style_context_get_color (style, color);
}

/* Whether the ground of a row is so strong that only the row's own text colour shows on it. */
gboolean
cot_log_has_strong_ground (GtkWidget *widget, CotSeverity severity)
{
  GtkWidget *view = gtk_widget_get_parent (widget);

  return severity >= COT_SEVERITY_WARNING && view != NULL &&
         gtk_widget_has_css_class (view, "classic") &&
         (gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_SELECTED) == 0;
}

/* The name of the text colour; NULL where a severity has none of its own. */
const char *
cot_log_severity_color (CotSeverity severity)
{
  switch (severity)
    {
    case COT_SEVERITY_ERROR:
      return "cot_error";
    case COT_SEVERITY_WARNING:
      return "cot_warning";
    case COT_SEVERITY_SUCCESS:
      return "cot_success";
    case COT_SEVERITY_UNKNOWN:
    case COT_SEVERITY_VERBOSE:
    case COT_SEVERITY_INFO:
    default:
      return NULL;
    }
}

const char *
cot_log_severity_mark_color (CotSeverity severity)
{
  switch (severity)
    {
    case COT_SEVERITY_ERROR:
      return "cot_error_mark";
    case COT_SEVERITY_WARNING:
      return "cot_warning_mark";
    case COT_SEVERITY_SUCCESS:
      return "cot_success_mark";
    case COT_SEVERITY_UNKNOWN:
    case COT_SEVERITY_VERBOSE:
    case COT_SEVERITY_INFO:
    default:
      return NULL;
    }
}

static BadgeLook
get_look (const CotRowText *text)
{
  switch (text->badge)
    {
    case COT_ROW_BADGE_EXPECTED:
      return (BadgeLook){ "object-select-symbolic", "cot_success", "cot_success_tint" };
    case COT_ROW_BADGE_MILESTONE:
      return (BadgeLook){ "cot-milestone-symbolic", "cot_info", "cot_info_tint" };
    case COT_ROW_BADGE_MARK:
      return (BadgeLook){ "cot-mark-symbolic", "cot_user_mark", "cot_user_mark_tint" };
    case COT_ROW_BADGE_FAILURE:
    case COT_ROW_BADGE_NONE:
    default:
      break;
    }
  if (text->badge_severity == COT_SEVERITY_ERROR)
    return (BadgeLook){ "cot-finding-symbolic", "cot_error", NULL };
  if (text->badge_severity == COT_SEVERITY_WARNING)
    return (BadgeLook){ "cot-finding-symbolic", "cot_warning", NULL };
  return (BadgeLook){ "cot-finding-symbolic", "cot_info", "cot_info_tint" };
}

const char *
cot_log_badge_get_label (const CotRowText *text)
{
  switch (text->badge)
    {
    case COT_ROW_BADGE_FAILURE:
      if (text->badge_severity == COT_SEVERITY_ERROR)
        return _ ("Known failure");
      return text->badge_severity == COT_SEVERITY_WARNING ? _ ("Known problem")
                                                          : _ ("Known line");
    case COT_ROW_BADGE_EXPECTED:
      return _ ("Expected");
    case COT_ROW_BADGE_MILESTONE:
      return _ ("Milestone");
    case COT_ROW_BADGE_MARK:
      return _ ("Your mark");
    case COT_ROW_BADGE_NONE:
    default:
      return "";
    }
}

static PangoLayout *
create_pill_layout (GtkWidget *widget, const CotRowText *text)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, cot_log_badge_get_label (text));
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (PILL_FONT_SCALE));
  pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  return layout;
}

static int
get_pill_icon_px (int icon_px)
{
  return icon_px * 3 / 4;
}

/* The width; a lamp alone is a little smaller than the severity icon. */
int
cot_log_badge_measure (GtkWidget *widget, const CotRowText *text, gboolean worded, int icon_px)
{
  g_autoptr (PangoLayout) layout = NULL;
  int text_px;

  if (!worded)
    return icon_px * 7 / 8;
  layout = create_pill_layout (widget, text);
  pango_layout_get_pixel_size (layout, &text_px, NULL);
  return text_px + get_pill_icon_px (icon_px) + 2 * PILL_PADDING_PX + PILL_SPACING_PX;
}

void
cot_log_snapshot_icon (GtkWidget *widget,
                       GtkSnapshot *snapshot,
                       const char *icon_name,
                       const GdkRGBA *color,
                       int size_px,
                       double x_px,
                       double y_px)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));
  g_autoptr (GtkIconPaintable) icon = NULL;
  GdkRGBA colors[4] = { *color, *color, *color, *color };

  icon = gtk_icon_theme_lookup_icon (theme, icon_name, NULL, size_px,
                                     gtk_widget_get_scale_factor (widget),
                                     gtk_widget_get_direction (widget),
                                     GTK_ICON_LOOKUP_FORCE_SYMBOLIC);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x_px, (float) y_px));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, size_px,
                                            size_px, colors, G_N_ELEMENTS (colors));
  gtk_snapshot_restore (snapshot);
}

static void
snapshot_pill_ground (GtkWidget *widget,
                      GtkSnapshot *snapshot,
                      const BadgeLook *look,
                      const graphene_rect_t *area)
{
  GskRoundedRect outline;
  GdkRGBA ground, border;

  gsk_rounded_rect_init_from_rect (&outline, area, area->size.height / 2);
  cot_log_lookup_color (widget, look->color, &border);
  ground = border;
  if (look->tint != NULL)
    cot_log_lookup_color (widget, look->tint, &ground);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &ground, area);
  gtk_snapshot_pop (snapshot);
  if (look->tint != NULL)
    gtk_snapshot_append_border (snapshot, &outline, (float[4]){ 1, 1, 1, 1 },
                                (GdkRGBA[4]){ border, border, border, border });
}

/* A lamp, or a pill with a word; @area is as wide as measured. */
void
cot_log_badge_snapshot (GtkWidget *widget,
                        GtkSnapshot *snapshot,
                        const CotRowText *text,
                        gboolean worded,
                        int icon_px,
                        const graphene_rect_t *area)
{
  BadgeLook look = get_look (text);
  g_autoptr (PangoLayout) layout = NULL;
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int size_px = worded ? get_pill_icon_px (icon_px) : icon_px * 7 / 8;
  int text_px, height_px;
  double icon_x_px = area->origin.x;
  double text_x_px, text_y_px;
  double icon_y_px = area->origin.y + (int) ((area->size.height - size_px) / 2);
  GdkRGBA color;

  cot_log_lookup_color (widget, worded && look.tint == NULL ? "cot_solid_fg" : look.color, &color);
  if (!worded)
    {
      if (cot_log_has_strong_ground (widget, text->severity))
        gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
      cot_log_snapshot_icon (widget, snapshot, look.icon_name, &color, size_px, icon_x_px,
                             icon_y_px);
      return;
    }
  layout = create_pill_layout (widget, text);
  pango_layout_get_pixel_size (layout, &text_px, &height_px);
  text_y_px = area->origin.y + (int) ((area->size.height - height_px) / 2);
  icon_x_px += PILL_PADDING_PX;
  text_x_px = icon_x_px + size_px + PILL_SPACING_PX;
  if (rtl)
    {
      text_x_px = area->origin.x + PILL_PADDING_PX;
      icon_x_px = text_x_px + text_px + PILL_SPACING_PX;
    }
  snapshot_pill_ground (widget, snapshot, &look, area);
  cot_log_snapshot_icon (widget, snapshot, look.icon_name, &color, size_px, icon_x_px, icon_y_px);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) text_x_px, (float) text_y_px));
  gtk_snapshot_append_layout (snapshot, layout, &color);
  gtk_snapshot_restore (snapshot);
}
