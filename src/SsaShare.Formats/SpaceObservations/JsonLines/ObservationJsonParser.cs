using System.Text;
using System.Text.Json;

namespace SsaShare.Formats;

/// <summary>Takes our own lines of JSON; their fields are listed at <see cref="ObservationJson"/>.</summary>
internal sealed class ObservationJsonParser(FormatReadOptions options, List<FormatItem<ObservationRecord>> items) : ObservationLineParser(options, items)
{
    private readonly List<FieldComplaint> _complaints = [], _unknown = [];

    protected override void Take(ReadOnlySpan<byte> line, long number)
    {
        _complaints.Clear();
        _unknown.Clear();
        var draft = new ObservationJsonDraft();
        try
        {
            Read(line, draft);
        }
        catch (JsonException e)
        {
            _complaints.Add(new("line", (int)Math.Min((e.BytePositionInLine ?? 0) + 1, int.MaxValue), ReadIssue.Show(line), "not JSON, or deeper than the format", "one object a line"));
        }
        catch (InvalidOperationException)
        {
            // A name that is not valid UTF-8, or half a character.
            _complaints.Add(new("line", 1, ReadIssue.Show(line), "not valid text", "write it in UTF-8"));
        }
        var record = draft.ToRecord(_complaints);
        if (Options.Mode == ReadMode.Strict) _complaints.AddRange(_unknown);
        if (_complaints.Count > 0 || record is null)
        {
            Refuse(number, line, _complaints.Count > 0 ? _complaints : [new("line", 1, ReadIssue.Show(line), "no observation in it", "give what was seen, when and by which station")]);
            return;
        }
        foreach (var unknown in _unknown) Notice(number, unknown with { Remedy = "kept among the extra fields" });
        Give(record, number);
    }

    private void Read(ReadOnlySpan<byte> line, ObservationJsonDraft draft)
    {
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = 3 });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            _complaints.Add(new("line", 1, ReadIssue.Show(line), "not an object", "one object a line"));
            return;
        }
        var seen = new HashSet<string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int column = (int)reader.TokenStartIndex + 1;
            string name = reader.GetString()!;
            if (!seen.Add(name)) Complain(name, column, "", "given twice", "give each field once");
            reader.Read();
            if (name is "card" or "laser" or "extra") Fields(ref reader, name, column, draft);
            else if (name == "station_position_km") Position(ref reader, column, draft);
            else if (Scalar(ref reader, name, column) is { } value) Set(draft, name, value, column);
        }
        while (reader.Read())
        {
        }
        if (!draft.HasVersion && _complaints.Count == 0) Complain("ssa_observation", 1, "", "missing", "its value is 1, the version");
    }

    private void Set(ObservationJsonDraft draft, string name, JsonScalar value, int column)
    {
        switch (draft.Set(name, value))
        {
            case null:
                return;
            case "":
                _unknown.Add(new(Shown(name), column, Shown(value.Text), "not a field of this format", "correct or remove it; texts of your own go into extra"));
                draft.Extra.Add(new(name, value.Text));
                return;
            case var wrong:
                Complain(name, column, value.Text, wrong, "see the format's description");
                return;
        }
    }

    private void Fields(ref Utf8JsonReader reader, string name, int column, ObservationJsonDraft draft)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Complain(name, column, "", "not an object", "give its fields");
            reader.Skip();
            return;
        }
        var fields = new List<KeyValuePair<string, string>>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int at = (int)reader.TokenStartIndex + 1;
            string field = reader.GetString()!;
            reader.Read();
            if (Scalar(ref reader, field, at) is not { } value) continue;
            if (fields.Exists(other => other.Key == field)) Complain(field, at, value.Text, "given twice", "give each field once");
            fields.Add(new(field, value.Text));
        }
        if (draft.SetFields(name, fields) is var (wrong, reason)) Complain(wrong, column, "", reason, "see the format's description");
    }

    private void Position(ref Utf8JsonReader reader, int column, ObservationJsonDraft draft)
    {
        Span<double> place = stackalloc double[3];
        int count = 0;
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.Number)
            {
                if (count < 3 && reader.TryGetDouble(out double value) && double.IsFinite(value)) place[count] = value;
                else count = 4;
                count++;
            }
        }
        if (count == 3 && reader.TokenType == JsonTokenType.EndArray) draft.Position = new Vector3d(place[0], place[1], place[2]);
        else Complain("station_position_km", column, "", "not three numbers", "Earth-fixed x, y and z, km");
        while (reader.TokenType != JsonTokenType.EndArray && reader.CurrentDepth > 1 && reader.Read())
        {
        }
    }

    /// <returns>Null with a complaint when it is none.</returns>
    private JsonScalar? Scalar(ref Utf8JsonReader reader, string name, int column)
    {
        string text;
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                try
                {
                    text = reader.GetString()!;
                }
                catch (InvalidOperationException)
                {
                    Complain(name, column, "", "not valid text", "write it in UTF-8");
                    return null;
                }
                if (ObservationJson.IsPrintable(text) && (text.Length <= ObservationJson.LongestText || name == "text")) return new JsonScalar(text, null);
                Complain(name, column, text[..Math.Min(text.Length, 80)], $"control characters, or more than {ObservationJson.LongestText} characters", "shorten or clean it");
                return null;
            case JsonTokenType.Number:
                text = Encoding.ASCII.GetString(reader.ValueSpan);
                if (text.Length <= 40 && reader.TryGetDouble(out double number) && double.IsFinite(number)) return new JsonScalar(text, number);
                Complain(name, column, text[..Math.Min(text.Length, 40)], "not a number that can be held", "at most 40 characters");
                return null;
            case JsonTokenType.True or JsonTokenType.False:
                return new JsonScalar(reader.TokenType == JsonTokenType.True ? "true" : "false", null);
            default:
                Complain(name, column, "", "neither text nor number nor true or false", "leave out what is not known");
                reader.Skip();
                return null;
        }
    }

    private void Complain(string field, int column, string value, string reason, string remedy) => _complaints.Add(new FieldComplaint(Shown(field), column, Shown(value), reason, remedy));

    private static string Shown(string text) => ReadIssue.Show(Encoding.UTF8.GetBytes(text));
}

/// <summary>A value of JSON as written, and as a number where it is one.</summary>
internal readonly record struct JsonScalar(string Text, double? Number);
