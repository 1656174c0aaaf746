using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SsaShare.Signing;

/// <summary>Node card to and from its payload bytes. The bytes are written once; later only the received ones count.</summary>
internal static class NodeCardJson
{
    public const int MaxBytes = 16_384;
    internal const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    public static byte[] Write(NodeCard card)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("partnerId"u8, card.PartnerId);
            json.WriteString("displayName"u8, card.DisplayName);
            json.WriteString("endpoint"u8, card.Endpoint.GetLeftPart(UriPartial.Authority));
            json.WriteString("signingKey"u8, card.SigningKey.ToString());
            json.WriteString("logKey"u8, card.LogKey.ToString());
            json.WriteString("witnessKey"u8, card.WitnessKey.ToString());
            json.WriteString("recoveryKey"u8, card.RecoveryKey.ToString());
            WritePins(json, "tlsPins", card.TlsPins);
            WritePins(json, "operatorPins", card.OperatorPins);
            json.WriteString("issuedAt"u8, card.IssuedAt.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture));
            if (card.Previous is { } previous)
            {
                json.WriteString("previous"u8, previous.ToString());
                json.WriteNumber("sequence"u8, card.Sequence);
            }

            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <exception cref="FormatException">A field is missing, unknown or not of its form.</exception>
    public static NodeCard Read(JsonElement root)
    {
        string partnerId = root.Text("partnerId");
        root.OnlyFields("partnerId", "displayName", "endpoint", "signingKey", "logKey", "witnessKey", "recoveryKey", "tlsPins", "operatorPins", "issuedAt", "previous", "sequence");
        try
        {
            return new NodeCard(partnerId, root.Text("displayName"),
                Parsed<Uri>(root, "endpoint", (string text, out Uri? uri) => Uri.TryCreate(text, UriKind.Absolute, out uri)),
                Parsed<VerificationKey>(root, "signingKey", VerificationKey.TryParse),
                Parsed<NoteVerifier>(root, "logKey", NoteVerifier.TryParse),
                Parsed<NoteVerifier>(root, "witnessKey", NoteVerifier.TryParse),
                Parsed<VerificationKey>(root, "recoveryKey", VerificationKey.TryParse),
                Pins(root, "tlsPins"), Pins(root, "operatorPins"), Time(root, "issuedAt"), Previous(root), Sequence(root));
        }
        catch (ArgumentException e)
        {
            throw new FormatException(e.Message, e);
        }
    }

    private delegate bool Parser<T>(string text, out T? value);

    private static T Parsed<T>(JsonElement root, string name, Parser<T> parser)
        where T : class
        => parser(root.Text(name), out T? value) && value is not null ? value
            : VerificationKey.IsOfMissingAlgorithm(root.Text(name)) ? throw new FormatException($"Field '{name}' cannot be checked here. {MlDsa44.Unsupported}")
            : throw NotOfItsForm(name);

    private static NodeCardId? Previous(JsonElement root)
        => !root.TryGetProperty("previous", out _) ? null
            : NodeCardId.TryParse(root.Text("previous"), out NodeCardId id) ? id
            : throw NotOfItsForm("previous");

    private static int Sequence(JsonElement root)
        => !root.TryGetProperty("sequence", out _) ? 0
            : root.Field("sequence", JsonValueKind.Number).TryGetInt32(out int value) && value > 0 ? value
            : throw NotOfItsForm("sequence");

    private static List<SpkiPin> Pins(JsonElement root, string name)
        => [.. root.Texts(name).Select(text => SpkiPin.TryParse(text, out SpkiPin pin) ? pin : throw NotOfItsForm(name))];

    internal static DateTimeOffset Time(JsonElement root, string name)
        => DateTimeOffset.TryParseExact(root.Text(name), TimeFormat, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time)
            ? time
            : throw NotOfItsForm(name);

    private static FormatException NotOfItsForm(string name) => new($"Field '{name}' is not of its form.");

    private static void WritePins(Utf8JsonWriter json, string name, IReadOnlyList<SpkiPin> pins)
    {
        json.WriteStartArray(name);
        foreach (SpkiPin pin in pins)
        {
            json.WriteStringValue(pin.ToString());
        }

        json.WriteEndArray();
    }
}
