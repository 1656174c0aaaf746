using System.Text.Json;

namespace SsaShare.Formats;

/// <summary>
/// A small description file: one JSON object of texts, numbers, nulls, lists of texts and vectors. Collects every fault with its line instead of
/// stopping at the first. Total: any bytes give fields or issues.
/// </summary>
internal sealed partial class FlatJson
{
    private readonly Dictionary<string, (object? Value, long Line)> _fields = [];
    private readonly HashSet<string> _taken = [];
    private readonly List<ReadIssue> _issues;
    private readonly string _file;

    private readonly long _firstLine;

    private FlatJson(string file, List<ReadIssue> issues, long firstLine) => (_file, _issues, _firstLine) = (file, issues, firstLine);

    /// <summary>A text that must be there.</summary>
    public string? Text(string name, string what)
    {
        if (Take(name) is not { } field) return Missing(name, what);
        if (field.Value is string { Length: > 0 and <= 200 } text && !text.Any(char.IsControl)) return text;
        Refuse(name, $"expected {what}: a text of 1 to 200 characters", "correct it");
        return null;
    }

    /// <summary>A sensor's id that must be there.</summary>
    public SensorId? SensorId(string name)
    {
        if (Text(name, "a sensor id") is not { } text) return null;
        if (Domain.SensorId.TryParse(text, out var id)) return id;
        Refuse(name, "not a sensor id", "use up to 64 of A-Z, a-z, 0-9, '-', '_' and '.'");
        return null;
    }

    /// <summary>A partner's id that must be there.</summary>
    public PartnerId? PartnerId(string name)
    {
        if (Text(name, "a partner id") is not { } text) return null;
        if (Domain.PartnerId.TryParse(text, out var id)) return id;
        Refuse(name, "not a partner id", "use 2 to 32 of a-z, 0-9 and '-', beginning with a letter");
        return null;
    }

    /// <summary>A text that may be left out.</summary>
    public void Remark(string name) => Take(name);

    /// <summary>A number that must be there.</summary>
    public double? Number(string name, double least, double most, string what)
    {
        if (Take(name) is { Value: not null }) return Bounded(name, least, most, what);
        Missing(name, what);
        return null;
    }

    /// <summary>A number that may be left out or null.</summary>
    public double? OptionalNumber(string name, double least, double most, string what)
        => Take(name) is { Value: not null } ? Bounded(name, least, most, what) : null;

    /// <summary>A list of texts that must be there, perhaps empty.</summary>
    public IReadOnlyList<string>? Texts(string name, string what)
    {
        if (Take(name) is not { } field)
        {
            Missing(name, what);
            return null;
        }
        if (field.Value is List<string> texts) return texts;
        Refuse(name, $"expected {what}: a list of texts", "correct it");
        return null;
    }

    /// <summary>Whether it is given at all.</summary>
    public bool Has(string name) => _fields.ContainsKey(name);

    /// <summary>A text that may be left out or null.</summary>
    public string? OptionalText(string name, int longest)
    {
        if (Take(name) is not { Value: not null } field) return null;
        if (field.Value is string { Length: > 0 } text && text.Length <= longest && !text.Any(char.IsControl)) return text;
        Refuse(name, $"expected a text of 1 to {longest} characters", "correct it, or leave it out");
        return null;
    }

    /// <summary>One of the names of an enumeration but the unspecified one, in lower case with underscores, that must be there.</summary>
    public T? Word<T>(string name)
        where T : struct, Enum
    {
        var words = Enum.GetValues<T>().Where(value => Convert.ToInt32(value, System.Globalization.CultureInfo.InvariantCulture) != 0).ToDictionary(value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));
        string all = string.Join(", ", words.Keys);
        if (Text(name, $"one of {all}") is not { } text) return null;
        if (words.TryGetValue(text, out var value)) return value;
        Refuse(name, $"not one of {all}", "correct it");
        return null;
    }

    /// <summary>A time in UTC that must be there.</summary>
    public Epoch? Time(string name)
    {
        if (Text(name, "a time in UTC") is not { } text) return null;
        if (new TimeTags { System = TdmTimeSystem.Utc }.Read(System.Text.Encoding.UTF8.GetBytes(text), out var epoch) is not { } reason) return epoch;
        Refuse(name, reason, "correct it");
        return null;
    }

    /// <summary>An object of x, y and z that may be left out or null.</summary>
    public Vector3d? OptionalVector(string name, double least, double most)
    {
        if (Take(name) is not { Value: not null } field) return null;
        if (field.Value is Vector3d vector && IsWithin(vector.X) && IsWithin(vector.Y) && IsWithin(vector.Z)) return vector;
        Refuse(name, $"expected an object of x, y and z: numbers from {least:G9} to {most:G9}", "correct the values or their unit");
        return null;

        bool IsWithin(double value) => value >= least && value <= most;
    }

    public void Refuse(string name, string reason, string remedy)
        => Refuse(_fields.TryGetValue(name, out var field) ? field.Line : 1, name, Show(name), reason, remedy);

    /// <summary>Refuses fields that nobody asked for: a misspelt name must not silently mean "not given".</summary>
    public void RefuseOthers()
    {
        foreach (string name in _fields.Keys.Where(name => !_taken.Contains(name)))
            Refuse(name, "not a field of this kind of file", "correct or remove it");
    }

    private double? Bounded(string name, double least, double most, string what)
    {
        if (_fields[name].Value is double value && value >= least && value <= most) return value;
        Refuse(name, $"expected {what}: a number from {least:G9} to {most:G9}", "correct the value or its unit");
        return null;
    }

    private (object? Value, long Line)? Take(string name)
    {
        _taken.Add(name);
        return _fields.TryGetValue(name, out var field) ? field : null;
    }

    private string? Missing(string name, string what)
    {
        Refuse(1, name, "", $"missing: {what}", "add it");
        return null;
    }

    private void Refuse(long line, string field, string value, string reason, string remedy)
        => _issues.Add(new ReadIssue(_file, _firstLine - 1 + line, IssueSeverity.Refused, field, value, reason, remedy));

    private string Show(string name) => _fields.TryGetValue(name, out var field)
        ? ReadIssue.Show(System.Text.Encoding.UTF8.GetBytes(Convert.ToString(field.Value is List<string> texts ? string.Join(", ", texts) : field.Value ?? "null", System.Globalization.CultureInfo.InvariantCulture) ?? ""))
        : "";
}
