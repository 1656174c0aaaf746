using System.Globalization;
using System.Text;

namespace SsaShare.Formats;

/// <summary>One part of a conjunction data message as it was read, and what is wrong with it: about both objects, or about one. Used by one thread at a time.</summary>
/// <param name="ofObject">Whether it is about one object.</param>
/// <param name="line">Where it begins.</param>
/// <param name="complaints">Of the whole message.</param>
/// <param name="isLenient">What <see cref="CdmKeywords.MayBePassedOver"/> names and cannot be read counts as not stated, with a notice.</param>
internal sealed class CdmPart(bool ofObject, long line, List<OdmComplaint> complaints, bool isLenient)
{
    private readonly Dictionary<string, (string Text, string Value, string Unit, long Line)> _fields = new(StringComparer.Ordinal);
    private readonly TimeTags _times = new() { System = TdmTimeSystem.Utc };
    private readonly List<string> _comments = [];

    public IReadOnlyList<string> Comments => _comments;

    public void Comment(ReadOnlySpan<byte> text)
    {
        if (_comments.Count < CdmLimits.CommentsMax && !text.IsEmpty) _comments.Add(ReadIssue.ShowAll(text[..Math.Min(text.Length, CdmLimits.TextMax)]));
    }

    public void Add(string keyword, ReadOnlySpan<byte> value, long number)
    {
        if (!CdmKeywords.Knows(ofObject, keyword)) Refuse(number, keyword, ReadIssue.Show(value), ofObject ? "not a keyword of an object in a CDM of version 1.0" : "not a keyword of a CDM of version 1.0, or not before OBJECT", "correct or remove the line");
        else if (value.Length > CdmLimits.TextMax || value.IndexOfAnyExceptInRange((byte)' ', (byte)'~') >= 0) Refuse(number, keyword, ReadIssue.Show(value), "not printable ASCII, or too long", "correct it");
        else if (!_fields.TryAdd(keyword, Split(Encoding.ASCII.GetString(value), number))) Refuse(number, keyword, ReadIssue.Show(value), "given twice", "give it once");
    }

    /// <summary>Whether it states something: makers write NaN for what they do not know.</summary>
    public bool Has(string keyword) => _fields.TryGetValue(keyword, out var field) && field.Value.Length > 0 && !field.Value.Equals("NaN", StringComparison.OrdinalIgnoreCase);

    public bool HasAny(params ReadOnlySpan<string> keywords)
    {
        foreach (string keyword in keywords)
            if (Has(keyword)) return true;
        return false;
    }

    /// <summary>A text; null where it is missing.</summary>
    public string? TextOrNull(string keyword) => Has(keyword) ? _fields[keyword].Text : null;

    /// <summary>A text that must be there; empty, and the message is refused, where it is missing.</summary>
    public string Text(string keyword)
    {
        if (!Has(keyword)) RefuseField(keyword, "missing", "add it");
        return TextOrNull(keyword) ?? "";
    }

    /// <summary>One of some words; empty, and the message is refused, when it is none of them.</summary>
    public string Word(string keyword, params ReadOnlySpan<string> words)
    {
        string text = Text(keyword).ToUpperInvariant();
        if (text.Length > 0 && !words.Contains(text)) RefuseField(keyword, "not a word that belongs here", $"give {string.Join(", ", words.ToArray())}");
        return text;
    }

    /// <summary>One of some words; null where it is missing.</summary>
    public string? WordOrNull(string keyword, params ReadOnlySpan<string> words) => Has(keyword) ? Word(keyword, words) : null;

    /// <summary>A time in UTC that must be there.</summary>
    public Epoch Time(string keyword)
    {
        if (!Has(keyword)) RefuseField(keyword, "missing", "add it");
        return TimeOrNull(keyword) ?? default;
    }

    /// <summary>A time in UTC; null where it is missing, or the message is refused.</summary>
    public Epoch? TimeOrNull(string keyword)
    {
        if (!Has(keyword)) return null;
        if (_times.Read(Encoding.ASCII.GetBytes(_fields[keyword].Value), out var epoch) is not { } reason) return epoch;
        RefuseField(keyword, reason, "correct it");
        return null;
    }

    /// <summary>A number that must be there; NaN, and the message is refused, where it is none.</summary>
    public double Number(string keyword, string unit, double least = double.MinValue, double greatest = double.MaxValue)
        => Has(keyword) ? NumberOrNull(keyword, unit, least, greatest) ?? double.NaN : RefuseField(keyword, "missing", unit.Length == 0 ? "add it" : $"add it, in {unit}");

    /// <summary>A number; null where it is missing, or NaN, and the message is refused, where it is none, in another unit or outside the bounds.</summary>
    public double? NumberOrNull(string keyword, string unit, double least = double.MinValue, double greatest = double.MaxValue)
    {
        if (!Has(keyword)) return null;
        var (_, text, given, _) = _fields[keyword];
        if (given.Length > 0 && !given.Replace(" ", "", StringComparison.Ordinal).Equals(unit, StringComparison.OrdinalIgnoreCase))
            return RefuseOptional(keyword, $"in {given}", unit.Length == 0 ? "give it without a unit" : $"give it in {unit}");
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number)) return RefuseOptional(keyword, "not a number", "correct it");
        return number >= least && number <= greatest ? number
            : RefuseOptional(keyword, string.Create(CultureInfo.InvariantCulture, $"outside {least:G9} to {greatest:G9}"), unit.Length == 0 ? "correct it" : $"check that it is in {unit}");
    }

    /// <summary>A count; null where it is missing.</summary>
    public int? CountOrNull(string keyword)
    {
        if (NumberOrNull(keyword, "", 0, int.MaxValue) is not { } number || double.IsNaN(number)) return null;
        if (number != Math.Floor(number) && RefuseOptional(keyword, "not a whole number", "correct it") is null) return null;
        return (int)number;
    }

    /// <summary>Three numbers that go together; null where all are missing, or one was passed over.</summary>
    public Vector3d? VectorOrNull(string x, string y, string z, string unit, double toKept)
    {
        if (!HasAny(x, y, z)) return null;
        var vector = new Vector3d(Number(x, unit), Number(y, unit), Number(z, unit)) * toKept;
        return vector.IsFinite || !IsPassedOver(x) ? vector : null;
    }

    public double RefuseField(string keyword, string reason, string remedy)
    {
        bool isHere = _fields.TryGetValue(keyword, out var field);
        if (IsPassedOver(keyword)) complaints.Add(new OdmComplaint(isHere ? field.Line : line, IssueSeverity.Notice, keyword, isHere ? field.Value : "", $"passed over: {reason}", remedy));
        else Refuse(isHere ? field.Line : line, keyword, isHere ? field.Value : "", reason, remedy);
        return double.NaN;
    }

    /// <returns>Null where it is passed over.</returns>
    private double? RefuseOptional(string keyword, string reason, string remedy)
    {
        double none = RefuseField(keyword, reason, remedy);
        return IsPassedOver(keyword) ? null : none;
    }

    private bool IsPassedOver(string keyword) => isLenient && CdmKeywords.MayBePassedOver(keyword);

    private void Refuse(long number, string field, string value, string reason, string remedy)
        => complaints.Add(new OdmComplaint(number, IssueSeverity.Refused, field, value, $"message refused: {reason}", remedy));

    /// <summary>A number may end with its unit in brackets; in a text they are part of it.</summary>
    private static (string Text, string Value, string Unit, long Line) Split(string text, long number)
    {
        int bracket = text.EndsWith(']') ? text.LastIndexOf('[') : -1;
        return bracket <= 0 ? (text, text, "", number) : (text, text[..bracket].TrimEnd(), text[(bracket + 1)..^1], number);
    }
}
