/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The reader of event logs of the worker, without a process around it. Through the worker, see
 * test-evtx.c. */

#include <glib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cot-evtx.h"
#include "cot-rows.h"
#include "evtx-maker.h"

#define MAX_BYTES (UINT64_C (64) << 20)
/* 2026-11-22 04:12:41.327, in units of 100 ns since 1601 */
#define FILETIME G_GUINT64_CONSTANT (134397943613270000)
#define TIME_USEC G_GINT64_CONSTANT (1795320761327000)

typedef struct
{
  GByteArray *bytes;
  GArray *entries; /* CotEntry, pointing into the bytes */
  CotUnpackStatus status;
} Rows;

static void
append (void *data, const uint8_t *bytes, size_t length_bytes)
{
  g_assert_cmpuint (length_bytes, <=, COT_UNPACK_MAX_DATA_BYTES);
  g_byte_array_append (data, bytes, (guint) length_bytes);
}

static void
split (Rows *rows)
{
  const char *data = (const char *) rows->bytes->data;
  gsize at = 0;

  while (at < rows->bytes->len)
    {
      CotEntry entry;
      gsize end = 0;

      g_assert_cmpint (cot_rows_next_record (data, rows->bytes->len, at, TRUE, &end), ==,
                       COT_RECORD_FOUND);
      cot_rows_parse_entry (NULL, data + at, end - at, &entry);
      g_assert_true (entry.flags & COT_RECORD_FRAMED);
      g_assert_false (entry.flags & COT_RECORD_INCOMPLETE);
      g_assert_true (g_utf8_validate_len (data + at, end - at, NULL));
      g_array_append_val (rows->entries, entry);
      at = end;
    }
}

static void
read_log (const guint8 *bytes, gsize n_bytes, guint64 max_bytes, Rows *rows)
{
  int fd = memfd_create ("log", MFD_CLOEXEC);
  CotInput input = { .fd = fd, .size_bytes = n_bytes };

  g_assert_cmpint (write (fd, bytes, n_bytes), ==, (gssize) n_bytes);
  rows->bytes = g_byte_array_new ();
  rows->entries = g_array_new (FALSE, FALSE, sizeof (CotEntry));
  rows->status = cot_evtx_convert (&input, max_bytes, append, rows->bytes);
  close (fd);
  split (rows);
}

static void
rows_clear (Rows *rows)
{
  g_byte_array_unref (rows->bytes);
  g_array_unref (rows->entries);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rows, rows_clear)

static void
read_file (GByteArray *file, Rows *rows)
{
  read_log (file->data, file->len, MAX_BYTES, rows);
  g_byte_array_unref (file);
}

static const CotEntry *
get_entry (Rows *rows, guint index)
{
  g_assert_cmpuint (index, <, rows->entries->len);
  return &g_array_index (rows->entries, CotEntry, index);
}

static void
assert_span (CotSpan span, const char *expected)
{
  g_autofree char *text = g_strndup (span.data, span.length_bytes);

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_message (Rows *rows, guint index, const char *expected)
{
  assert_span (get_entry (rows, index)->message, expected);
}

static void
assert_message_has (Rows *rows, guint index, const char *part)
{
  const CotEntry *entry = get_entry (rows, index);
  g_autofree char *text = g_strndup (entry->message.data, entry->message.length_bytes);

  if (strstr (text, part) == NULL)
    g_test_fail_printf ("\"%s\" does not say \"%s\"", text, part);
}

static EvtxEvent
make_event (const EvtxDatum *data, guint n_data)
{
  return (EvtxEvent){ .provider = "Contoso-Agent",
                      .channel = "Contoso-Agent/Operational",
                      .computer = "PC01",
                      .id = 1234,
                      .level = 4,
                      .filetime = FILETIME,
                      .process_id = 712,
                      .thread_id = 7120,
                      .data = data,
                      .n_data = n_data };
}

static void
add (EvtxMaker *maker, const EvtxEvent *event)
{
  g_assert_true (evtx_maker_add (maker, event));
}

/* A text as the values of a record have it. */
static GByteArray *
to_utf16 (const char *text)
{
  glong n = 0;
  g_autofree gunichar2 *units = g_utf8_to_utf16 (text, -1, NULL, &n, NULL);
  GByteArray *bytes = g_byte_array_new ();

  for (glong i = 0; i < n; i++)
    {
      const guint8 pair[2] = { (guint8) (units[i] & 0xff), (guint8) (units[i] >> 8) };

      g_byte_array_append (bytes, pair, 2);
    }
  return bytes;
}

static void
test_event (void)
{
  g_autoptr (EvtxMaker) maker = evtx_maker_new ();
  g_autoptr (GByteArray) text = to_utf16 ("Sync");
  const EvtxDatum data[] = { { "Name", 0x01, text->data, text->len } };
  EvtxEvent event = make_event (data, 1);
  g_auto (Rows) rows = { 0 };
  const CotEntry *entry;

  add (maker, &event);
  read_file (evtx_maker_finish (maker), &rows);
  g_assert_cmpint (rows.status, ==, COT_UNPACK_OK);
  g_assert_cmpuint (rows.entries->len, ==, 1);
  entry = get_entry (&rows, 0);
  g_assert_cmpint (entry->time_usec, ==, TIME_USEC);
  g_assert_cmpint (entry->bias_minutes, ==, 0);
  g_assert_cmpint (entry->severity, ==, COT_SEVERITY_INFO);
  assert_span (entry->component, "Contoso-Agent");
  assert_span (entry->thread, "7120");
  assert_span (entry->context, "PC01, S-1-5-18, process 712, record 1");
  assert_span (entry->origin, "Contoso-Agent/Operational:1234");
  assert_span (entry->message, "Event ID 1234: Name=Sync");
}

static void
test_severities (void)
{
  static const struct
  {
    guint8 level;
    guint64 keywords;
    CotSeverity severity;
  } cases[] = {
    { 1, 0, COT_SEVERITY_ERROR },
    { 2, 0, COT_SEVERITY_ERROR },
    { 3, 0, COT_SEVERITY_WARNING },
    { 4, 0, COT_SEVERITY_INFO },
    { 0, 0, COT_SEVERITY_INFO },
    { 5, 0, COT_SEVERITY_VERBOSE },
    { 0, G_GUINT64_CONSTANT (0x8010000000000000), COT_SEVERITY_WARNING },
    { 0, G_GUINT64_CONSTANT (0x8020000000000000), COT_SEVERITY_INFO },
  };
  g_autoptr (EvtxMaker) maker = evtx_maker_new ();
  g_auto (Rows) rows = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      EvtxEvent event = make_event (NULL, 0);

      event.level = cases[i].level;
      event.keywords = cases[i].keywords;
      add (maker, &event);
    }
  read_file (evtx_maker_finish (maker), &rows);
  g_assert_cmpuint (rows.entries->len, ==, G_N_ELEMENTS (cases));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (get_entry (&rows, i)->severity, ==, cases[i].severity);
}


static void
test_values (void)
{
  static const struct
  {
    guint8 type;
    const char *bytes;
    guint n_bytes;
    const char *text;
  } cases[] = {
    { 0x00, "", 0, "" },
    { 0x01, "A\0b\0\xe4\0\x3d\xd8\x00\xde", 10, "Ab\xc3\xa4\xf0\x9f\x98\x80" },
    { 0x01, "a\0\r\0\n\0b\0", 8, "a\nb" },
    { 0x01, "a\0\0\0b\0\0\0\0\0", 10, "a\xe2\x90\x80" "b" },
    { 0x01, "\x1e\0\x1f\0", 4, "\xe2\x90\x9e\xe2\x90\x9f" },
    { 0x01, "\x00\xd8x\0\x00\xdc", 6, "\xef\xbf\xbdx\xef\xbf\xbd" },
    { 0x02, "caf\xe9\0", 5, "caf\xc3\xa9" },
    { 0x03, "\xff", 1, "-1" },
    { 0x04, "\xff", 1, "255" },
    { 0x05, "\x00\x80", 2, "-32768" },
    { 0x06, "\x00\x80", 2, "32768" },
    { 0x07, "\xfe\xff\xff\xff", 4, "-2" },
    { 0x08, "\x2a\x00\x18\x80", 4, "2149056554" },
    { 0x09, "\0\0\0\0\0\0\0\x80", 8, "-9223372036854775808" },
    { 0x0a, "\xff\xff\xff\xff\xff\xff\xff\xff", 8, "18446744073709551615" },
    { 0x0b, "\x00\x00\xc0\x3f", 4, "1.5" },
    { 0x0c, "\0\0\0\0\0\0\x04\xc0", 8, "-2.5" },
    { 0x0d, "\1\0\0\0", 4, "true" },
    { 0x0d, "\0\0\0\0", 4, "false" },
    { 0x0e, "\x01\xab\x00", 3, "01AB00" },
    { 0x0f, "\x94\xe4\xa4\x3d\xe2\x0f\x5c\x41\xb8\x95\xfb\x52\x65\xc5\xc8\x3b", 16,
      "{3DA4E494-0FE2-415C-B895-FB5265C5C83B}" },
    { 0x10, "\x10\0\0\0", 4, "0x10" },
    { 0x10, "\x10\0\0\0\1\0\0\0", 8, "0x100000010" },
    { 0x11, "\0\x80\x3e\xd5\xde\xb1\x9d\x01", 8, "1970-01-01T00:00:00.0000000Z" },
    { 0x11, "\0\0\0\0\0\0\0\0", 8, "1601-01-01T00:00:00.0000000Z" },
    { 0x12, "\xea\x07\x0b\0\3\0\x12\0\x09\0\x0c\0\x29\0\x47\1", 16, "2026-11-18T09:12:41.327Z" },
    { 0x13, "\1\2\0\0\0\0\0\5\x20\0\0\0\x20\2\0\0", 16, "S-1-5-32-544" },
    { 0x13, "\1\5\0\0\0\0\0\5\x20\0\0\0", 12, "010500000000000520000000" },
    { 0x14, "\x2a\x00\x18\x80", 4, "0x8018002a" },
    { 0x15, "\xe7\3\0\0\0\0\0\0", 8, "0x3e7" },
    { 0x14, "\x2a\x00", 2, "2A00" },
    { 0x23, "<\0a\0/\0>\0", 8, "<a/>" },
    { 0x7f, "\x01", 1, "01" },
  };
  g_autoptr (EvtxMaker) maker = evtx_maker_new ();
  g_auto (Rows) rows = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const EvtxDatum datum = { "V", cases[i].type, cases[i].bytes, cases[i].n_bytes };
      EvtxEvent event = make_event (&datum, 1);

      add (maker, &event);
    }
  read_file (evtx_maker_finish (maker), &rows);
  g_assert_cmpuint (rows.entries->len, ==, G_N_ELEMENTS (cases));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean in_lines = strchr (cases[i].text, '\n') != NULL;
      g_autofree char *expected = g_strdup_printf ("Event ID 1234: V%s%s", in_lines ? ": " : "=",
                                                   cases[i].text);

      assert_message (&rows, i, expected);
    }
}

static void
test_dates (void)
{
  /* Days of which a wrong rule for leap years makes others. */
  static const char *const dates[] = { "1601-02-28", "1601-03-01", "1700-02-28", "1700-03-01",
                                       "1899-12-31", "2000-02-29", "2000-03-01", "2024-02-29",
                                       "2026-11-18", "2100-02-28", "2100-03-01", "9999-12-31" };
  g_autoptr (EvtxMaker) maker = evtx_maker_new ();
  g_auto (Rows) rows = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autofree char *iso = g_strconcat (dates[i], "T13:14:15Z", NULL);
      g_autoptr (GDateTime) moment = g_date_time_new_from_iso8601 (iso, NULL);
      guint64 filetime = (guint64) (g_date_time_to_unix (moment)
                                    + G_GINT64_CONSTANT (11644473600))
                         * 10000000;
      guint8 bytes[8];
      const EvtxDatum datum = { "V", 0x11, bytes, 8 };
      EvtxEvent event = make_event (&datum, 1);

      for (guint k = 0; k < 8; k++)
        bytes[k] = (guint8) (filetime >> (8 * k));
      add (maker, &event);
    }
  read_file (evtx_maker_finish (maker), &rows);
  for (guint i = 0; i < G_N_ELEMENTS (dates); i++)
    {
      g_autofree char *expected
          = g_strdup_printf ("Event ID 1234: V=%sT13:14:15.0000000Z", dates[i]);

      assert_message (&rows, i, expected);
    }
}

static void
test_arrays (void)
{
  static const char words[] = "o\0n\0e\0\0\0t\0w\0o\0\0";
  static const char numbers[] = "\1\0\0\0\2\0\0\0";
  const EvtxDatum data[] = {
    { NULL, 0x81, words, 16 },
    { "N", 0x88, numbers, 8 },
    { "Empty", 0x81, "", 0 },
    { "Cut", 0x88, numbers, 6 },
  };
  EvtxEvent event = make_event (data, G_N_ELEMENTS (data));
  g_autoptr (EvtxMaker) maker = evtx_maker_new ();
  g_auto (Rows) rows = { 0 };

  add (maker, &event);
  read_file (evtx_maker_finish (maker), &rows);
  assert_message (&rows, 0, "Event ID 1234: one; two; N=1; N=2; Empty=; Cut=1; Cut=0200");
}

/* Elements without a template, with all that can stand in them. */
static void
test_literal (void)
{
  g_autoptr (EvtxMaker) maker = evtx_maker_new ();
  g_auto (Rows) rows = { 0 };

  evtx_maker_begin_record (maker, FILETIME);
  evtx_maker_fragment (maker);
  evtx_maker_open (maker, "Event", FALSE, FALSE);
  evtx_maker_begin_content (maker);
  evtx_maker_open (maker, "System", FALSE, FALSE);
  evtx_maker_begin_content (maker);
  evtx_maker_open (maker, "EventID", TRUE, FALSE);
  evtx_maker_attribute (maker, "Qualifiers", "16384");
  evtx_maker_begin_content (maker);
  evtx_maker_text (maker, "77");
  evtx_maker_close (maker, FALSE);
  evtx_maker_close (maker, FALSE);
  evtx_maker_open (maker, "UserData", FALSE, FALSE);
  evtx_maker_begin_content (maker);
  evtx_maker_open (maker, "Check", TRUE, FALSE);
  evtx_maker_attribute (maker, "xmlns", "http://example.com/check");
  evtx_maker_attribute (maker, "xmlns:x", "http://example.com/x");
  evtx_maker_begin_content (maker);
  evtx_maker_open (maker, "Certificate", TRUE, FALSE);
  evtx_maker_attribute (maker, "subject", "Fabrikam");
  evtx_maker_close (maker, TRUE);
  evtx_maker_open (maker, "Result", TRUE, FALSE);
  evtx_maker_attribute (maker, "value", "80092013");
  evtx_maker_begin_content (maker);
  evtx_maker_text (maker, "a ");
  evtx_maker_put (maker, 0x09, 1);
  evtx_maker_put_name (maker, "lt");
  evtx_maker_put (maker, 0x08, 1);
  evtx_maker_put (maker, 0xe4, 2);
  evtx_maker_put (maker, 0x07, 1);
  evtx_maker_put (maker, 2, 2);
  evtx_maker_put_utf16 (maker, " b");
  evtx_maker_put (maker, 0x0a, 1);
  evtx_maker_put_name (maker, "target");
  evtx_maker_put (maker, 0x0b, 1);
  evtx_maker_put (maker, 1, 2);
  evtx_maker_put_utf16 (maker, "x");
  evtx_maker_close (maker, FALSE);
  evtx_maker_close (maker, FALSE);
  evtx_maker_close (maker, FALSE);
  evtx_maker_close (maker, FALSE);
  evtx_maker_put (maker, 0x00, 1);
  evtx_maker_end_record (maker);
  read_file (evtx_maker_finish (maker), &rows);
  assert_message (&rows, 0, "Event ID 77: Certificate.subject=Fabrikam; Result.value=80092013; "
                            "Result=a <\xc3\xa4 b");
  g_assert_cmpint (get_entry (&rows, 0)->time_usec, ==, TIME_USEC);
}

static void
test_known_texts (void)
{
  g_autoptr (EvtxMaker) maker = evtx_maker_new ();
  g_autoptr (GByteArray) sentence = to_utf16 ("The request requires user interaction.");
  g_autoptr (GByteArray) more = to_utf16 ("Code: interaction_required\nDescription: AADSTS50076");
  static const char device[] = "\0\0\0\0";
  static const char result[] = "\x2b\x00\x18\x80";
  static const char error[] = "\x0c\x00\xa2\xca";
  const EvtxDatum enroll[] = { { "HexInt1", 0x14, device, 4 }, { "HRESULT", 0x14, result, 4 } };
  const EvtxDatum entra[] = { { "Error", 0x08, error, 4 },
                              { "ErrorMessage", 0x01, sentence->data, sentence->len },
                              { "AdditionalInformation", 0x01, more->data, more->len } };
  EvtxEvent event = make_event (enroll, 2);
  g_auto (Rows) rows = { 0 };

  event.provider = "Microsoft-Windows-DeviceManagement-Enterprise-Diagnostics-Provider";
  event.id = 76;
  add (maker, &event);
  event.id = 75;
  event.n_data = 1;
  add (maker, &event);
  event.n_data = 0;
  add (maker, &event);
  event.provider = "Microsoft-Windows-AAD";
  event.id = 1098;
  event.data = entra;
  event.n_data = 3;
  add (maker, &event);
  read_file (evtx_maker_finish (maker), &rows);
  assert_message (&rows, 0, "Event ID 76: Auto MDM Enroll: Device Credential (0x0), Failed "
                            "(0x8018002b)");
  assert_message (&rows, 1, "Event ID 75: Auto MDM Enroll: Device Credential (0x0), Succeeded");
  assert_message (&rows, 2, "Event ID 75: Auto MDM Enroll: Succeeded");
  assert_message (&rows, 3,
                  "Event ID 1098: Error: 0xCAA2000C The request requires user interaction.\n"
                  "Code: interaction_required\nDescription: AADSTS50076\nError: 3399614476");
}

static void
open_element (EvtxMaker *maker, const char *name)
{
  evtx_maker_open (maker, name, FALSE, FALSE);
  evtx_maker_begin_content (maker);
}

static void
put_element (EvtxMaker *maker, const char *name, const char *text)
{
  open_element (maker, name);
  evtx_maker_text (maker, text);
  evtx_maker_close (maker, FALSE);
}

static void
begin_literal (EvtxMaker *maker, const char *provider, const char *id)
{
  evtx_maker_begin_record (maker, FILETIME);
  evtx_maker_fragment (maker);
  open_element (maker, "Event");
  open_element (maker, "System");
  evtx_maker_open (maker, "Provider", TRUE, FALSE);
  evtx_maker_attribute (maker, "Name", provider);
  evtx_maker_close (maker, TRUE);
  put_element (maker, "EventID", id);
  put_element (maker, "EventRecordID", "4711");
  evtx_maker_close (maker, FALSE);
}

static void
end_literal (EvtxMaker *maker)
{
  evtx_maker_close (maker, FALSE);
  evtx_maker_put (maker, 0x00, 1);
  evtx_maker_end_record (maker);
}

/* A sentence that is filled by the name of an element; one that the machine wrote along; one that
 * is the only string of an old event. */
static void
test_other_texts (void)
{
  g_autoptr (EvtxMaker) maker = evtx_maker_new ();
  g_autoptr (GByteArray) whole = to_utf16 ("Product: Contoso Agent -- Installation failed.");
  const EvtxDatum data[] = { { NULL, 0x01, whole->data, whole->len } };
  EvtxEvent event = make_event (data, 1);
  g_auto (Rows) rows = { 0 };

  begin_literal (maker, "Microsoft-Windows-CAPI2", "41");
  open_element (maker, "UserData");
  open_element (maker, "CertVerifyRevocation");
  evtx_maker_open (maker, "Result", TRUE, FALSE);
  evtx_maker_attribute (maker, "value", "80092013");
  evtx_maker_begin_content (maker);
  evtx_maker_text (maker, "The revocation server was offline.");
  evtx_maker_close (maker, FALSE);
  evtx_maker_close (maker, FALSE);
  evtx_maker_close (maker, FALSE);
  end_literal (maker);

  begin_literal (maker, "Contoso-Agent", "5");
  open_element (maker, "RenderingInfo");
  put_element (maker, "Message", "It has been said.");
  put_element (maker, "Level", "Information");
  evtx_maker_close (maker, FALSE);
  end_literal (maker);

  event.provider = "MsiInstaller";
  event.id = 11708;
  add (maker, &event);
  read_file (evtx_maker_finish (maker), &rows);
  assert_message (&rows, 0, "Event ID 41: Verify revocation: The revocation server was offline.\n"
                            "Result.value: 80092013");
  assert_span (get_entry (&rows, 0)->context, "record 4711");
  assert_message (&rows, 1, "Event ID 5: It has been said.");
  assert_message (&rows, 2, "Event ID 11708: Product: Contoso Agent -- Installation failed.");
}

/* Three chunks of one event each, with numbers from 1. */
static GByteArray *
make_three (void)
{
  g_autoptr (EvtxMaker) maker = evtx_maker_new ();

  for (guint i = 0; i < 3; i++)
    {
      EvtxEvent event = make_event (NULL, 0);

      event.id = (guint16) (100 + i);
      add (maker, &event);
      evtx_maker_end_chunk (maker);
    }
  return evtx_maker_finish (maker);
}

static guint8 *
get_chunk (GByteArray *file, guint number)
{
  return file->data + EVTX_FILE_HEADER_BYTES + number * EVTX_CHUNK_BYTES;
}

static void
test_wrapped (void)
{
  GByteArray *file = make_three ();
  g_autofree guint8 *last = g_memdup2 (get_chunk (file, 2), EVTX_CHUNK_BYTES);
  g_auto (Rows) rows = { 0 };

  memmove (get_chunk (file, 1), get_chunk (file, 0), 2 * EVTX_CHUNK_BYTES);
  memcpy (get_chunk (file, 0), last, EVTX_CHUNK_BYTES);
  read_file (file, &rows);
  g_assert_cmpuint (rows.entries->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    {
      g_autofree char *expected = g_strdup_printf ("Event ID %u: no data", 100 + i);

      assert_message (&rows, i, expected);
    }
}

static void
test_damage (void)
{
  GByteArray *file = make_three ();
  g_auto (Rows) rows = { 0 };

  get_chunk (file, 0)[0] = 'X';
  get_chunk (file, 1)[600] ^= 1;
  memset (get_chunk (file, 2) + 512, 'x', 2000);
  file->data[30] ^= 1;
  read_file (file, &rows);
  g_assert_cmpint (rows.status, ==, COT_UNPACK_OK);
  assert_message_has (&rows, 0, "header of this event log is damaged");
  assert_message_has (&rows, 1, "recovered: of 65536 bytes from byte 4096 on, 1 events");
  assert_message (&rows, 2, "Event ID 100: no data");
  assert_message_has (&rows, 3, "damaged part of this event log was recovered: of 65024 bytes "
                                "from byte 70144 on, 1 events");
  g_assert_cmpint (get_entry (&rows, 1)->severity, ==, COT_SEVERITY_WARNING);
  g_assert_cmpint (get_entry (&rows, 1)->time_usec, ==, COT_TIME_NONE);
  assert_message_has (&rows, 5, "damaged part of this event log was skipped: 65024 bytes from "
                                "byte 135680 on");
  g_assert_cmpuint (rows.entries->len, ==, 6);
}

/* What a chunk held before it was used again is not of this log. */
static void
test_left_over (void)
{
  g_autoptr (EvtxMaker) maker = evtx_maker_new ();
  EvtxEvent event = make_event (NULL, 0);
  GByteArray *file;
  guint first;
  g_auto (Rows) rows = { 0 };

  maker->number = maker->first_number = 700;
  add (maker, &event);
  first = maker->at;
  maker->number = 30;
  event.id = 4321;
  add (maker, &event);
  maker->number = 701;
  evtx_maker_end_chunk (maker);
  file = evtx_maker_finish (maker);
  /* The sum is that of both, the end that of the first. */
  get_chunk (file, 0)[48] = (guint8) (first & 0xff);
  get_chunk (file, 0)[49] = (guint8) (first >> 8);
  read_file (file, &rows);
  g_assert_cmpuint (rows.entries->len, ==, 2);
  assert_message_has (&rows, 0, "recovered");
  assert_message (&rows, 1, "Event ID 1234: no data");
}

static void
test_truncated (void)
{
  g_autoptr (GByteArray) whole = make_three ();
  guint first = EVTX_FILE_HEADER_BYTES + 2 * EVTX_CHUNK_BYTES;

  for (guint n = 0; n < whole->len; n += n > first && n < first + 4096 ? 7 : 997)
    {
      g_auto (Rows) rows = { 0 };

      read_log (whole->data, n, MAX_BYTES, &rows);
      if (n < 128)
        g_assert_cmpint (rows.status, ==, COT_UNPACK_NOT_AN_ARCHIVE);
      else
        g_assert_cmpint (rows.status, ==, COT_UNPACK_OK);
      if (n > first)
        g_assert_cmpuint (rows.entries->len, >=, 2);
    }
}

static void
test_no_log (void)
{
  g_auto (Rows) rows = { 0 };
  guint8 zeros[8192] = { 0 };

  read_log (zeros, sizeof zeros, MAX_BYTES, &rows);
  g_assert_cmpint (rows.status, ==, COT_UNPACK_NOT_AN_ARCHIVE);
  g_assert_cmpuint (rows.bytes->len, ==, 0);
}

/* Each byte of a record and of the headers, one after the other, is another one. */
static void
test_each_byte (void)
{
  g_autoptr (EvtxMaker) maker = evtx_maker_new ();
  static const char words[] = "o\0n\0e\0\0\0t\0w\0o\0\0";
  const EvtxDatum data[] = { { NULL, 0x81, words, 16 }, { "N", 0x13, words, 12 } };
  EvtxEvent event = make_event (data, 2);
  g_autoptr (GByteArray) file = NULL;
  guint end;

  add (maker, &event);
  add (maker, &event);
  end = maker->at;
  file = evtx_maker_finish (maker);
  for (guint i = 0; i < end; i++)
    {
      static const guint8 others[] = { 0x00, 0x01, 0x0c, 0x41, 0x7f, 0xff };

      for (guint k = 0; k < G_N_ELEMENTS (others); k++)
        {
          guint8 *byte = get_chunk (file, 0) + i;
          guint8 was = *byte;
          g_auto (Rows) rows = { 0 };

          *byte = others[k];
          if (i >= 512 || i < 48)
            evtx_fix_sums (file, 0);
          read_log (file->data, file->len, MAX_BYTES, &rows);
          g_assert_cmpint (rows.status, ==, COT_UNPACK_OK);
          *byte = was;
        }
    }
}

/* A template that holds itself. */
static void
test_cycle (void)
{
  g_autoptr (EvtxMaker) maker = evtx_maker_new ();
  EvtxEvent event = make_event (NULL, 0);
  guint definition;
  g_auto (Rows) rows = { 0 };

  evtx_maker_begin_record (maker, FILETIME);
  evtx_maker_fragment (maker);
  evtx_maker_put (maker, 0x010c, 2);
  evtx_maker_put (maker, 7, 4);
  definition = maker->at + 4;
  evtx_maker_put (maker, definition, 4);
  evtx_maker_put (maker, definition, 4);
  evtx_maker_put (maker, 0, 8);
  evtx_maker_put (maker, 0, 8);
  evtx_maker_put (maker, 4 + 2 * 14 + 1, 4);
  evtx_maker_fragment (maker);
  for (guint i = 0; i < 2; i++)
    {
      evtx_maker_put (maker, 0x010c, 2);
      evtx_maker_put (maker, 7, 4);
      evtx_maker_put (maker, definition, 4);
      evtx_maker_put (maker, 0, 4);
    }
  evtx_maker_put (maker, 0x00, 1);
  evtx_maker_put (maker, 0, 4);
  evtx_maker_put (maker, 0x00, 1);
  evtx_maker_end_record (maker);
  add (maker, &event);
  read_file (evtx_maker_finish (maker), &rows);
  g_assert_cmpuint (rows.entries->len, ==, 2);
  assert_message_has (&rows, 0, "The rest of this event is damaged");
  assert_message (&rows, 1, "Event ID 1234: no data");
}

/* A record of a few bytes that says the same long text again and again; many of them. */
static void
test_expansion (void)
{
  g_autoptr (EvtxMaker) maker = evtx_maker_new ();
  g_auto (Rows) rows = { 0 };
  guint definition = 0;
  guint n = 0;

  while (maker->at + 14000 < EVTX_CHUNK_BYTES)
    {
      guint size_at = 0;

      evtx_maker_begin_record (maker, FILETIME);
      evtx_maker_fragment (maker);
      evtx_maker_put (maker, 0x010c, 2);
      evtx_maker_put (maker, 7, 4);
      evtx_maker_put (maker, definition > 0 ? definition : maker->at + 4, 4);
      if (definition == 0)
        {
          definition = maker->at;
          for (guint i = 0; i < 5; i++)
            evtx_maker_put (maker, 0, 4);
          size_at = maker->at;
          evtx_maker_put (maker, 0, 4);
          evtx_maker_fragment (maker);
          evtx_maker_open (maker, "Event", FALSE, TRUE);
          evtx_maker_begin_content (maker);
          evtx_maker_open (maker, "EventData", FALSE, TRUE);
          evtx_maker_begin_content (maker);
          for (guint i = 0; i < 900; i++)
            {
              evtx_maker_open (maker, "Data", FALSE, TRUE);
              evtx_maker_begin_content (maker);
              evtx_maker_gap (maker, 0, 0x01);
              evtx_maker_close (maker, FALSE);
            }
          evtx_maker_close (maker, FALSE);
          evtx_maker_close (maker, FALSE);
          evtx_maker_put (maker, 0x00, 1);
          for (guint i = 0; i < 4; i++)
            maker->chunk[size_at + i] = (guint8) ((maker->at - size_at - 4) >> (8 * i));
        }
      evtx_maker_put (maker, 1, 4);
      evtx_maker_put (maker, 0x00010000 | 1200, 4);
      for (guint i = 0; i < 600; i++)
        evtx_maker_put (maker, 'x', 2);
      evtx_maker_put (maker, 0x00, 1);
      evtx_maker_end_record (maker);
      n++;
    }
  read_file (evtx_maker_finish (maker), &rows);
  g_assert_cmpuint (rows.entries->len, ==, n);
  g_assert_cmpuint (n, >, 10);
  g_assert_cmpuint (rows.bytes->len, <, 3 * 1024 * 1024);
  assert_message_has (&rows, 0, "This event says more than can be shown");
  assert_message_has (&rows, n - 1, "This event says more than can be shown");
}

static void
test_limit (void)
{
  g_autoptr (GByteArray) file = make_three ();
  g_auto (Rows) rows = { 0 };

  read_log (file->data, file->len, 800, &rows);
  g_assert_cmpint (rows.status, ==, COT_UNPACK_MEMBER_LIMIT);
  g_assert_cmpuint (rows.bytes->len, <=, 800);
  g_assert_cmpuint (rows.entries->len, <, 4);
  assert_message_has (&rows, rows.entries->len - 1, "The rest of it is left out");
}

/* Counts and sizes that reach beyond everything. */
static void
test_huge (void)
{
  static const guint32 sizes[] = { 0xffff, 0x10000, 0xfffffff0, 0xffffffff };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint what = 0; what < 4; what++)
      {
        g_autoptr (EvtxMaker) maker = evtx_maker_new ();
        EvtxEvent event = make_event (NULL, 0);
        g_auto (Rows) rows = { 0 };

        evtx_maker_begin_record (maker, FILETIME);
        evtx_maker_fragment (maker);
        evtx_maker_put (maker, 0x010c, 2);
        evtx_maker_put (maker, 7, 4);
        evtx_maker_put (maker, what == 0 ? sizes[i] : maker->at + 4, 4);
        for (guint k = 0; k < 5; k++)
          evtx_maker_put (maker, 0, 4);
        evtx_maker_put (maker, what == 1 ? sizes[i] : 12, 4);
        evtx_maker_put (maker, 0x01, 1);
        evtx_maker_put (maker, 0xffff, 2);
        evtx_maker_put (maker, 5, 4);
        evtx_maker_put (maker, what == 2 ? sizes[i] : 512, 4);
        evtx_maker_put (maker, 0x03, 1);
        evtx_maker_put (maker, what == 3 ? sizes[i] : 0, 4);
        evtx_maker_end_record (maker);
        add (maker, &event);
        read_file (evtx_maker_finish (maker), &rows);
        g_assert_cmpuint (rows.entries->len, ==, 2);
        assert_message_has (&rows, 0, "Event: ");
        assert_message (&rows, 1, "Event ID 1234: no data");
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/evtx-reader/event", test_event);
  g_test_add_func ("/evtx-reader/severities", test_severities);
  g_test_add_func ("/evtx-reader/values", test_values);
  g_test_add_func ("/evtx-reader/dates", test_dates);
  g_test_add_func ("/evtx-reader/arrays", test_arrays);
  g_test_add_func ("/evtx-reader/literal", test_literal);
  g_test_add_func ("/evtx-reader/known-texts", test_known_texts);
  g_test_add_func ("/evtx-reader/other-texts", test_other_texts);
  g_test_add_func ("/evtx-reader/wrapped", test_wrapped);
  g_test_add_func ("/evtx-reader/damage", test_damage);
  g_test_add_func ("/evtx-reader/left-over", test_left_over);
  g_test_add_func ("/evtx-reader/truncated", test_truncated);
  g_test_add_func ("/evtx-reader/no-log", test_no_log);
  g_test_add_func ("/evtx-reader/each-byte", test_each_byte);
  g_test_add_func ("/evtx-reader/cycle", test_cycle);
  g_test_add_func ("/evtx-reader/expansion", test_expansion);
  g_test_add_func ("/evtx-reader/limit", test_limit);
  g_test_add_func ("/evtx-reader/huge", test_huge);
  return g_test_run ();
}
