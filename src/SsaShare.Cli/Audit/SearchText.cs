using System.Globalization;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using SsaShare.Protocol.Audit.V1;

namespace SsaShare.Cli;

/// <summary>Entries that were found, for people and for programs.</summary>
internal static class SearchText
{
    private const int AgreementDigits = 16;
    private static readonly string[] Header = ["entry", "time", "kind", "peer", "agreement", "says"];

    public static IEnumerable<string> Lines(SearchLogResponse found)
    {
        string[][] rows = [.. found.Entries.Select(entry => new[]
        {
            entry.Index.ToString(CultureInfo.InvariantCulture),
            $"{entry.Time.ToDateTime():yyyy-MM-dd'T'HH:mm:ss.fff'Z'}",
            entry.Kind,
            entry.PeerId.Length > 0 ? entry.PeerId : "-",
            entry.AgreementId.IsEmpty ? "-" : Hex(entry.AgreementId)[..AgreementDigits],
            entry.Summary,
        })];
        foreach (string line in Columns.Lines("", Header, rows, 0)) yield return line;
        foreach (var entry in found.Entries.Where(entry => !entry.Body.IsEmpty))
        {
            yield return "";
            yield return $"# entry {entry.Index}, {entry.Kind}";
            yield return Encoding.UTF8.GetString(JsonOf(entry.Body.Span));
        }
        yield return "";
        yield return string.Create(CultureInfo.InvariantCulture, $"{found.Entries.Count} entries, of a log of {found.TreeSize}");
        if (!found.NextPageToken.IsEmpty) yield return $"there are more: --page {Hex(found.NextPageToken)}";
    }

    public static IEnumerable<string> Json(SearchLogResponse found)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteNumber("tree_size", found.TreeSize);
            json.WriteString("next_page", Hex(found.NextPageToken));
            json.WriteStartArray("entries");
            foreach (var entry in found.Entries)
            {
                json.WriteStartObject();
                json.WriteNumber("index", entry.Index);
                json.WriteString("time", entry.Time.ToDateTime());
                json.WriteString("kind", entry.Kind);
                if (entry.PeerId.Length > 0) json.WriteString("peer", entry.PeerId);
                if (!entry.AgreementId.IsEmpty) json.WriteString("agreement", Hex(entry.AgreementId));
                json.WriteString("summary", entry.Summary);
                if (!entry.Body.IsEmpty)
                {
                    json.WritePropertyName("body");
                    json.WriteRawValue(JsonOf(entry.Body.Span));
                }
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        yield return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>The body as it is; one that is not JSON in Base64. Escaped anew, so that it moves no terminal's cursor.</summary>
    private static byte[] JsonOf(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var json = JsonDocument.ParseValue(ref reader);
            return JsonSerializer.SerializeToUtf8Bytes(json.RootElement);
        }
        catch (JsonException)
        {
            return Encoding.ASCII.GetBytes($"\"{Convert.ToBase64String(body)}\"");
        }
    }

    private static string Hex(ByteString bytes) => Convert.ToHexStringLower(bytes.Span);
}
