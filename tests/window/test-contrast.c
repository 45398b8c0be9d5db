/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <math.h>

#include "cot-app-resources.h"

#define DEADLINE_SECONDS 60

#include "wait-until.h"

/* What the theme makes pale can be read, in light and in dark colours. */

#define MIN_RATIO 4.5
#define RESOURCES "/io/github/cotrace/Cotrace/"

static double
get_linear (double value)
{
  return value <= .03928 ? value / 12.92 : pow ((value + .055) / 1.055, 2.4);
}

static double
get_luminance (const GdkRGBA *color)
{
  return .2126 * get_linear (color->red) + .7152 * get_linear (color->green)
         + .0722 * get_linear (color->blue);
}

static double
get_ratio (const GdkRGBA *one, const GdkRGBA *other)
{
  double a = get_luminance (one);
  double b = get_luminance (other);

  return (MAX (a, b) + .05) / (MIN (a, b) + .05);
}

static GdkRGBA
blend (const GdkRGBA *color, double alpha, const GdkRGBA *ground)
{
  float share = color->alpha * (float) alpha;

  return (GdkRGBA){ color->red * share + ground->red * (1 - share),
                    color->green * share + ground->green * (1 - share),
                    color->blue * share + ground->blue * (1 - share), 1 };
}

/* The colour of the text in it, with all that makes it paler. */
static gboolean
find_text (GskRenderNode *node, double alpha, GdkRGBA *color)
{
  switch ((int) gsk_render_node_get_node_type (node))
    {
    case GSK_CONTAINER_NODE:
      for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
        if (find_text (gsk_container_node_get_child (node, i), alpha, color))
          return TRUE;
      return FALSE;
    case GSK_TRANSFORM_NODE:
      return find_text (gsk_transform_node_get_child (node), alpha, color);
    case GSK_CLIP_NODE:
      return find_text (gsk_clip_node_get_child (node), alpha, color);
    case GSK_OPACITY_NODE:
      return find_text (gsk_opacity_node_get_child (node),
                        alpha * (double) gsk_opacity_node_get_opacity (node), color);
    case GSK_TEXT_NODE:
      *color = *gsk_text_node_get_color (node);
      color->alpha *= (float) alpha;
      return TRUE;
    default:
      return FALSE;
    }
}

/* (nullable): the label of that CSS name or class. */
static GtkWidget *
find_label (GtkWidget *widget, const char *name)
{
  GtkWidget *found = NULL;

  if (GTK_IS_LABEL (widget)
      && (g_strcmp0 (gtk_widget_get_css_name (widget), name) == 0
          || gtk_widget_has_css_class (widget, name)))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_label (child, name);
  return found;
}

static GdkRGBA
look_up (GtkWidget *widget, const char *name)
{
  GdkRGBA color;

  g_assert_true (
      gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, &color));
  return color;
}

/* @ground lies on that of the window. */
static void
assert_readable (GtkWidget *inside, const char *name, const char *ground, double alpha)
{
  GtkWidget *label = find_label (inside, name);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  GdkRGBA window, over, behind, color, text;

  g_assert_nonnull (label);
  wait_until (gtk_widget_get_mapped (label) && gtk_widget_get_width (label) > 0);
  gtk_widget_snapshot_child (gtk_widget_get_parent (label), label, snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_nonnull (node);
  g_assert_true (find_text (node, 1, &color));
  window = look_up (label, "window_bg_color");
  over = look_up (label, ground);
  behind = blend (&over, alpha, &window);
  text = blend (&color, 1, &behind);
  g_test_message ("%s: %.2f to 1", name, get_ratio (&text, &behind));
  g_assert_cmpfloat (get_ratio (&text, &behind), >=, MIN_RATIO);
}

static GtkWidget *
make_menu (GtkWidget *parent)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenuItem) item = g_menu_item_new ("Close", "window.close");
  GtkWidget *popover;

  g_menu_item_set_attribute (item, "accel", "s", "<Control>w");
  g_menu_append_item (menu, item);
  popover = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  gtk_widget_set_parent (popover, parent);
  return popover;
}

static void
try_all (void)
{
  GtkWidget *window = adw_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *entry_row = adw_entry_row_new ();
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *title = adw_window_title_new ("Contoso.log", "PC01");
  GtkWidget *menu;

  g_object_set (row, "title", "Contoso", "subtitle", "Fabrikam", NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry_row), "Name");
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), "Search");
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  gtk_list_box_append (GTK_LIST_BOX (list), entry_row);
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), list);
  gtk_box_append (GTK_BOX (box), entry);
  menu = make_menu (box);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), 400, 400);
  gtk_window_present (GTK_WINDOW (window));

  assert_readable (row, "subtitle", "card_bg_color", 1);
  assert_readable (entry_row, "dim-label", "card_bg_color", 1);
  assert_readable (title, "subtitle", "headerbar_bg_color", 1);
  assert_readable (entry, "placeholder", "window_fg_color", .1);
  gtk_popover_popup (GTK_POPOVER (menu));
  assert_readable (menu, "accelerator", "popover_bg_color", 1);
  gtk_popover_popdown (GTK_POPOVER (menu));
  gtk_widget_unparent (menu);
  gtk_window_destroy (GTK_WINDOW (window));
}

static GtkStyleProvider *
add_style (const char *name)
{
  GtkCssProvider *provider = gtk_css_provider_new ();
  g_autofree char *path = g_strconcat (RESOURCES, name, NULL);

  gtk_css_provider_load_from_resource (provider, path);
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  return GTK_STYLE_PROVIDER (provider);
}

static void
test_light (void)
{
  g_autoptr (GtkStyleProvider) style = add_style ("style.css");

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_LIGHT);
  try_all ();
}

static void
test_dark (void)
{
  g_autoptr (GtkStyleProvider) style = add_style ("style.css");
  g_autoptr (GtkStyleProvider) dark = add_style ("style-dark.css");

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      ADW_COLOR_SCHEME_FORCE_DARK);
  try_all ();
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_resources_register (cot_app_get_resource ());
  g_test_add_func ("/contrast/light", test_light);
  g_test_add_func ("/contrast/dark", test_dark);
  return g_test_run ();
}
