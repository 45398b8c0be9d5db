/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cot-window-private.h"

#include "cot-beside-pane.h"

#include "cot-settings.h"

#define WIDE_PX 1200
#define MEDIUM_PX 1000
#define LOW_PX 700
/* Below, two logs side by side need the room of the other panes. */
#define BESIDE_PX 1700
/* Below, the rows need the room of the strip of time. */
#define STRIP_MIN_PX 600

/* The widths above are for letters of up to this mean width; larger ones need more. */
#define LETTER_PX 9
/* What the log's column needs for the find bar with all of its parts, and without those that lead
 * elsewhere. */
#define FIND_ALL_PX 740
#define FIND_THIS_LOG_PX 620

#define SIDEBAR_MIN_PX 180
#define SIDEBAR_MAX_PX 320
#define PANEL_MIN_PX 320
#define PANEL_MAX_PX 560
#define CENTRE_MIN_PX 420
#define DETAILS_MIN_PX 60

/* As many frames with the same sizes say that the window has come to rest; after the greater number
 * it is taken as it is. */
#define N_CALM_TICKS 2
#define MAX_TICKS 60

/* What a width is worth with the letters that the user has. */
static int
scale_width (CotWindow *self, int width_px)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int letter_px = pango_font_metrics_get_approximate_char_width (metrics) / PANGO_SCALE;

  pango_font_metrics_unref (metrics);
  return (int) ((gint64) width_px * LETTER_PX / MAX (letter_px, LETTER_PX));
}

static CotWindowWidth
get_width_class (CotWindow *self, int width_px)
{
  int scaled_px = scale_width (self, width_px);

  if (scaled_px >= WIDE_PX)
    return COT_WINDOW_WIDE;
  return scaled_px >= MEDIUM_PX ? COT_WINDOW_MEDIUM : COT_WINDOW_NARROW;
}

static int
get_setting_px (const char *key, int fallback_px)
{
  GSettings *settings = cot_settings_get_window ();

  return settings != NULL ? g_settings_get_int (settings, key) : fallback_px;
}

static void
set_setting_px (const char *key, int value_px)
{
  GSettings *settings = cot_settings_get_window ();

  if (settings != NULL)
    g_settings_set_int (settings, key, value_px);
}

static const char *
get_sidebar_key (CotWindow *self)
{
  return self->width == COT_WINDOW_WIDE ? "sidebar-width" : "narrow-sidebar-width";
}

static const char *
get_panel_key (CotWindow *self)
{
  return self->width == COT_WINDOW_WIDE ? "panel-width" : "narrow-panel-width";
}

/* Two logs side by side have the room for themselves, until the user wants a pane there, too. */
static gboolean
is_beside (CotWindow *self)
{
  return gtk_widget_get_visible (self->beside) && self->allocated_width_px < BESIDE_PX;
}

static CotWindowPanes *
get_panes (CotWindow *self)
{
  return is_beside (self) ? &self->beside_panes : &self->panes[self->width];
}

/* Nothing is open. */
static gboolean
is_empty (CotWindow *self)
{
  return g_str_equal (gtk_stack_get_visible_child_name (GTK_STACK (self->stack)), "empty");
}

static gboolean
is_low (int height_px)
{
  return height_px > 0 && height_px < LOW_PX;
}

static gboolean
has_strip_room (int height_px)
{
  return height_px == 0 || height_px >= STRIP_MIN_PX;
}

/* In a low window the log needs the room more. */
static const char *
get_details_key (CotWindow *self)
{
  return is_low (self->allocated_height_px) ? "low-details-height" : "details-height";
}

static int
get_paned_end_px (GtkWidget *paned, GtkOrientation orientation)
{
  int size_px = orientation == GTK_ORIENTATION_HORIZONTAL ? gtk_widget_get_width (paned)
                                                          : gtk_widget_get_height (paned);

  return size_px - gtk_paned_get_position (GTK_PANED (paned));
}

/* Keeps what the user dragged, within the bounds of each pane. */
static void
save_positions (CotWindow *self)
{
  int details_px;

  /* While the dividers are on their way, they say nothing of what the user wants. */
  if (self->allocated_width_px == 0 || self->layout_source != 0 || self->layout_tick != 0)
    return;
  if (gtk_widget_get_visible (self->sidebar))
    set_setting_px (get_sidebar_key (self),
                    CLAMP (gtk_paned_get_position (GTK_PANED (self->sidebar_paned)),
                           SIDEBAR_MIN_PX, SIDEBAR_MAX_PX));
  if (gtk_widget_get_visible (self->panel))
    set_setting_px (get_panel_key (self),
                    CLAMP (get_paned_end_px (self->panel_paned, GTK_ORIENTATION_HORIZONTAL),
                           PANEL_MIN_PX, PANEL_MAX_PX));
  details_px = get_paned_end_px (self->details_paned, GTK_ORIENTATION_VERTICAL);
  /* Half is what they get where there is no room for more. */
  if (gtk_widget_get_visible (self->details)
      && details_px < gtk_widget_get_height (self->details_paned) / 2)
    set_setting_px (get_details_key (self), MAX (details_px, DETAILS_MIN_PX));
}

/* As wide as the user wants it, as long as the log keeps its room. */
static int
get_panel_px (CotWindow *self, int width_px)
{
  int wanted_px = CLAMP (get_setting_px (get_panel_key (self), 380), PANEL_MIN_PX, PANEL_MAX_PX);

  return MAX (PANEL_MIN_PX, MIN (wanted_px, width_px - CENTRE_MIN_PX));
}

static void
apply_inner_positions (CotWindow *self)
{
  int details_px = get_setting_px (get_details_key (self), 244);
  int width_px = gtk_widget_get_width (self->panel_paned);
  int height_px = gtk_widget_get_height (self->details_paned);

  if (gtk_widget_get_visible (self->panel))
    gtk_paned_set_position (GTK_PANED (self->panel_paned),
                            width_px - get_panel_px (self, width_px));
  if (gtk_widget_get_visible (self->beside))
    gtk_paned_set_position (GTK_PANED (self->beside_paned),
                            gtk_widget_get_width (self->beside_paned) / 2);
  if (!is_empty (self))
    gtk_paned_set_position (GTK_PANED (self->details_paned),
                            height_px - MIN (details_px, height_px / 2));
}

/* The panel and the details stand inside other panes, and those change over several frames: a
 * divider that is set from the size of a moment ago stays in the wrong place. So it is set again
 * with each new size, until there is none. */
static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  CotWindow *self = data;
  int width_px = gtk_widget_get_width (self->panel_paned);
  int height_px = gtk_widget_get_height (self->details_paned);
  int beside_px = gtk_widget_get_width (self->beside_paned);
  gboolean calm = width_px == self->tick_width_px && height_px == self->tick_height_px
                  && beside_px == self->tick_beside_px;

  /* Before the panes had their first size, there is nothing to divide. */
  if (width_px == 0 || (height_px == 0 && !is_empty (self)))
    return G_SOURCE_CONTINUE;
  self->tick_width_px = width_px;
  self->tick_height_px = height_px;
  self->tick_beside_px = beside_px;
  self->n_calm_ticks = calm ? self->n_calm_ticks + 1 : 0;
  if (self->n_calm_ticks < N_CALM_TICKS && ++self->n_ticks < MAX_TICKS)
    {
      if (!calm)
        apply_inner_positions (self);
      return G_SOURCE_CONTINUE;
    }
  self->layout_tick = 0;
  return G_SOURCE_REMOVE;
}

static void
apply_positions (CotWindow *self)
{
  gtk_paned_set_position (GTK_PANED (self->sidebar_paned),
                          get_setting_px (get_sidebar_key (self), 232));
  self->n_ticks = 0;
  self->n_calm_ticks = 0;
  /* No size yet that the dividers were set for. */
  self->tick_width_px = -1;
  if (self->layout_tick == 0)
    self->layout_tick = gtk_widget_add_tick_callback (self->panel_paned, on_tick, self, NULL);
}

static void queue_relayout (CotWindow *self);

void
cot_window_fit_all_pages (CotWindow *self)
{
  AdwTabView *view = ADW_TAB_VIEW (self->tab_view);
  CotLogPage *beside = cot_beside_pane_get_page (COT_BESIDE_PANE (self->beside));

  for (int i = 0; i < adw_tab_view_get_n_pages (view); i++)
    cot_window_fit_page (self, cot_window_get_log_page (adw_tab_view_get_nth_page (view, i)));
  if (beside != NULL)
    cot_window_fit_page (self, beside);
}

/* A narrow window with a panel has room for text and time, and so has half of a wide one; a low
 * one has room for rows alone. */
void
cot_window_fit_page (CotWindow *self, CotLogPage *page)
{
  CotLogColumns *columns = cot_log_view_get_columns (cot_log_page_get_view (page));
  gboolean tight = (self->width == COT_WINDOW_NARROW && gtk_widget_get_visible (self->panel))
                   || gtk_widget_get_visible (self->beside);

  cot_log_columns_set_suppressed (columns, COT_ROW_COLUMN_THREAD, tight);
  cot_log_columns_set_suppressed (columns, COT_ROW_COLUMN_COMPONENT, tight);
  cot_log_page_set_strip_room (page, has_strip_room (self->allocated_height_px));
}

/* What the panes leave of the window. */
static CotFindBarRoom
get_find_room (CotWindow *self, gboolean sidebar, gboolean panel)
{
  int centre_px = self->allocated_width_px > 0 ? self->allocated_width_px
                                               : get_setting_px ("width", 1280);

  centre_px -= sidebar ? get_setting_px (get_sidebar_key (self), 232) : 0;
  centre_px -= panel ? get_panel_px (self, centre_px) : 0;
  centre_px = scale_width (self, centre_px);
  return centre_px >= FIND_ALL_PX        ? COT_FIND_BAR_ALL
         : centre_px >= FIND_THIS_LOG_PX ? COT_FIND_BAR_THIS_LOG
                                         : COT_FIND_BAR_TEXT;
}

/**
 * cot_window_apply_layout:
 *
 * Shows the panes that belong to the window's width, as the user chose them at that width.
 */
void
cot_window_apply_layout (CotWindow *self)
{
  CotWindowPanes *panes = get_panes (self);
  gboolean sidebar = panes->sidebar && self->sidebar_case != NULL;
  gboolean panel = is_empty (self) ? self->panel_when_empty : panes->panel;

  /* A pane that comes or goes moves the dividers of the others. */
  if (sidebar != gtk_widget_get_visible (self->sidebar)
      || panel != gtk_widget_get_visible (self->panel))
    queue_relayout (self);
  gtk_widget_set_visible (self->sidebar, sidebar);
  gtk_widget_set_visible (self->panel, panel);
  cot_window_set_action_state (self, "show-sidebar", sidebar);
  cot_window_set_action_state (self, "show-panel", panel);
  cot_details_pane_set_compact (COT_DETAILS_PANE (self->details),
                                self->width == COT_WINDOW_NARROW
                                    || is_low (self->allocated_height_px));
  cot_find_bar_set_room (COT_FIND_BAR (self->find_bar), get_find_room (self, sidebar, panel));
  cot_window_update_badge (self);
  cot_window_fit_all_pages (self);
}

static gboolean
relayout (gpointer data)
{
  CotWindow *self = data;

  self->layout_source = 0;
  cot_window_apply_layout (self);
  apply_positions (self);
  return G_SOURCE_REMOVE;
}

static void
queue_relayout (CotWindow *self)
{
  if (self->layout_source == 0)
    self->layout_source = g_idle_add (relayout, self);
}

/**
 * cot_window_divide:
 *
 * Sets the dividers anew, as soon as the panes have their sizes: two logs side by side get half of
 * the room each.
 */
void
cot_window_divide (CotWindow *self)
{
  queue_relayout (self);
}

/* Panes must not come and go while sizes are given out. */
void
cot_window_size_changed (CotWindow *self, int width_px, int height_px)
{
  CotWindowWidth width = get_width_class (self, width_px);
  gboolean first = self->allocated_width_px == 0;
  gboolean was_beside = is_beside (self);
  gboolean low_changed
      = is_low (self->allocated_height_px) != is_low (height_px)
        || has_strip_room (self->allocated_height_px) != has_strip_room (height_px);

  self->allocated_width_px = width_px;
  self->allocated_height_px = height_px;
  if (!first && width == self->width && !low_changed && was_beside == is_beside (self))
    return;
  self->width = width;
  queue_relayout (self);
}

/* A narrow window has room for one of the two: the panel comes back when the sidebar goes, so that
 * a look at the logs does not cost what the user reads there, a task for one. */
static void
give_way_to_sidebar (CotWindowPanes *panes, gboolean sidebar_shown)
{
  if (sidebar_shown)
    panes->panel_gave_way |= panes->panel;
  else
    panes->panel |= panes->panel_gave_way;
  panes->panel &= !sidebar_shown;
  panes->panel_gave_way &= sidebar_shown;
}

/**
 * cot_window_set_sidebar_shown:
 * @shown: what the user wants at this width
 */
void
cot_window_set_sidebar_shown (CotWindow *self, gboolean shown)
{
  GSettings *settings = cot_settings_get_window ();

  save_positions (self);
  get_panes (self)->sidebar = shown;
  if (self->width == COT_WINDOW_NARROW)
    give_way_to_sidebar (get_panes (self), shown);
  if (settings != NULL && self->width == COT_WINDOW_WIDE && !is_beside (self))
    g_settings_set_boolean (settings, "sidebar-visible", shown);
  cot_window_apply_layout (self);
  queue_relayout (self);
}

/**
 * cot_window_reveal_sidebar:
 *
 * Shows it at any width, which the window may not have yet, and keeps that in no setting.
 */
void
cot_window_reveal_sidebar (CotWindow *self)
{
  save_positions (self);
  for (guint i = 0; i < COT_N_WINDOW_WIDTHS; i++)
    self->panes[i].sidebar = TRUE;
  self->beside_panes.sidebar = TRUE;
  give_way_to_sidebar (&self->panes[COT_WINDOW_NARROW], TRUE);
  cot_window_apply_layout (self);
  queue_relayout (self);
}

/**
 * cot_window_set_empty:
 * @empty: nothing is open
 *
 * The panel, which has the guide, is there only when it is asked for.
 */
void
cot_window_set_empty (CotWindow *self, gboolean empty)
{
  if (empty == is_empty (self))
    return;
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), empty ? "empty" : "content");
  /* Whoever had it open does not lose it; in a narrow window it takes the sidebar's place. */
  if (self->panel_when_empty)
    {
      self->panes[self->width].panel = TRUE;
      self->panes[self->width].sidebar &= self->width != COT_WINDOW_NARROW;
    }
  self->panel_when_empty = FALSE;
  queue_relayout (self);
}

/**
 * cot_window_set_panel_shown:
 * @shown: what the user wants at this width
 *
 * In a narrow window the panel takes the sidebar's place. Where nothing is open, it is for reading
 * the guide, and says nothing of the next time.
 */
void
cot_window_set_panel_shown (CotWindow *self, gboolean shown)
{
  GSettings *settings = cot_settings_get_window ();

  save_positions (self);
  if (is_empty (self))
    {
      self->panel_when_empty = shown;
      cot_window_apply_layout (self);
      return;
    }
  get_panes (self)->panel = shown;
  get_panes (self)->panel_gave_way = FALSE;
  if (shown && self->width == COT_WINDOW_NARROW)
    get_panes (self)->sidebar = FALSE;
  if (settings != NULL && self->width == COT_WINDOW_WIDE && !is_beside (self))
    g_settings_set_boolean (settings, "panel-visible", shown);
  cot_window_update_content (self);
  queue_relayout (self);
}

void
cot_window_save_layout (CotWindow *self)
{
  GSettings *settings = cot_settings_get_window ();
  int width_px;
  int height_px;

  save_positions (self);
  if (settings == NULL)
    return;
  gtk_window_get_default_size (GTK_WINDOW (self), &width_px, &height_px);
  if (width_px > 0 && height_px > 0)
    {
      g_settings_set_int (settings, "width", width_px);
      g_settings_set_int (settings, "height", height_px);
    }
  g_settings_set_boolean (settings, "maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
}

void
cot_window_init_layout (CotWindow *self)
{
  GSettings *settings = cot_settings_get_window ();
  CotWindowPanes wide = { .sidebar = TRUE, .panel = TRUE };

  gtk_window_set_default_size (GTK_WINDOW (self), get_setting_px ("width", 1280),
                               get_setting_px ("height", 800));
  if (settings != NULL)
    {
      wide.sidebar = g_settings_get_boolean (settings, "sidebar-visible");
      wide.panel = g_settings_get_boolean (settings, "panel-visible");
      gtk_widget_set_visible (self->details,
                              g_settings_get_boolean (settings, "details-visible"));
      if (g_settings_get_boolean (settings, "maximized"))
        gtk_window_maximize (GTK_WINDOW (self));
    }
  self->panes[COT_WINDOW_WIDE] = wide;
  self->panes[COT_WINDOW_MEDIUM] = (CotWindowPanes){ .panel = wide.panel };
  self->panes[COT_WINDOW_NARROW] = (CotWindowPanes){ 0 };
  self->width = get_width_class (self, get_setting_px ("width", 1280));
}
