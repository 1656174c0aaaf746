using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SsaShare.Signing;

/// <summary>Key event to and from its payload bytes. Cards stand in it whole, as base64 of their signed form.</summary>
internal static class KeyEventJson
{
    private const int MaxCardBytes = 24 * 1024;

    public static byte[] Write(KeyEventContent content)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("partner"u8, content.Previous.Card.PartnerId);
            json.WriteNumber("sequence"u8, content.Sequence);
            json.WriteString("action"u8, content.Action.Word());
            json.WriteBase64String("previous_card"u8, content.Previous.ToJson());
            json.WriteBase64String("card"u8, content.Next.ToJson());
            json.WriteString("effective"u8, Text(content.Effective));
            if (content.CompromisedSince is { } since)
            {
                json.WriteString("compromised_since"u8, Text(since));
            }

            json.WriteNumber("log_size"u8, content.LogSize);
            json.WriteString("reason"u8, content.Reason);
            if (content.Cut is { } cut)
            {
                json.WriteStartObject("cut"u8);
                json.WriteBase64String("root"u8, cut.Root.ToArray());
                json.WriteNumber("held_size"u8, cut.HeldSize);
                json.WriteString("held_at"u8, Text(cut.HeldAt));
                json.WriteNumber("seen_size"u8, cut.SeenSize);
                json.WriteBase64String("seen_root"u8, cut.SeenRoot.ToArray());
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <exception cref="FormatException">A field is missing, unknown or not of its form.</exception>
    public static KeyEventContent Read(JsonElement root)
    {
        string partner = root.Text("partner");
        root.OnlyFields("partner", "sequence", "action", "previous_card", "card", "effective", "compromised_since", "log_size", "reason", "cut");
        KeyAction action = root.Text("action") switch
        {
            "rotate" => KeyAction.Rotate,
            "revoke" => KeyAction.Revoke,
            "restore" => KeyAction.Restore,
            _ => throw new FormatException("Field 'action' is neither rotate nor revoke nor restore."),
        };
        SignedNodeCard previous = Card(root, "previous_card");
        return previous.Card.PartnerId != partner
            ? throw new FormatException($"The event is of '{partner}', its cards of another partner.")
            : new KeyEventContent((int)Number(root, "sequence", int.MaxValue), action, previous, Card(root, "card"), NodeCardJson.Time(root, "effective"),
                root.TryGetProperty("compromised_since", out _) ? NodeCardJson.Time(root, "compromised_since") : null,
                Number(root, "log_size", long.MaxValue), root.Text("reason"), root.TryGetProperty("cut", out _) ? Cut(root.Field("cut", JsonValueKind.Object)) : null);
    }

    private static LogCut Cut(JsonElement cut)
    {
        cut.OnlyFields("root", "held_size", "held_at", "seen_size", "seen_root");
        return new LogCut(Hash(cut, "root"), Number(cut, "held_size", long.MaxValue), NodeCardJson.Time(cut, "held_at"), Number(cut, "seen_size", long.MaxValue), Hash(cut, "seen_root"));
    }

    private static Hash256 Hash(JsonElement root, string name)
        => CanonicalBase64.TryDecode(root.Text(name), out byte[]? bytes) && Hash256.TryCreate(bytes, out Hash256 hash) ? hash : throw new FormatException($"Field '{name}' is not base64 of a hash.");

    private static SignedNodeCard Card(JsonElement root, string name)
        => !CanonicalBase64.TryDecode(root.Text(name), out byte[]? bytes) || bytes.Length > MaxCardBytes ? throw new FormatException($"Field '{name}' is not base64 of a node card.")
            : SignedNodeCard.TryOpen(bytes, out SignedNodeCard? card, out string? fault) ? card
            : throw new FormatException($"Field '{name}': {fault}");

    private static long Number(JsonElement root, string name, long most)
        => root.Field(name, JsonValueKind.Number).TryGetInt64(out long value) && value >= 0 && value <= most
            ? value
            : throw new FormatException($"Field '{name}' is not a whole number from 0 to {most}.");

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString(NodeCardJson.TimeFormat, CultureInfo.InvariantCulture);
}
