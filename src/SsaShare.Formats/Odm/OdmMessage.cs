using System.Globalization;
using System.Text;

namespace SsaShare.Formats;

/// <summary>Why a message is refused, or what of it was passed over.</summary>
internal readonly record struct OdmComplaint(long Line, IssueSeverity Severity, string Field, string Value, string Reason, string Remedy)
{
    /// <inheritdoc cref="ReadIssue.MayPass"/>
    public bool MayPass { get; init; }
}

/// <summary>The keywords of one message as they were read, and what is wrong with them. Used by one thread at a time.</summary>
internal sealed class OdmMessage(OdmKind kind, long line)
{
    private const int LongestValue = 200;
    private readonly Dictionary<string, (string Text, string Value, string Unit, long Line)> _fields = new(StringComparer.Ordinal);
    private readonly List<OdmComplaint> _complaints = [];
    private int _lines;

    public OdmKind Kind => kind;
    public long Line => line;
    public IReadOnlyList<OdmComplaint> Complaints => _complaints;
    public bool IsRefused { get; private set; }

    public void Add(ReadOnlySpan<byte> keyword, ReadOnlySpan<byte> value, long number)
    {
        string name = ReadIssue.Show(keyword);
        if (!CountLine(number) || OdmKeywords.IsUserDefined(name)) return;
        else if (!OdmKeywords.Knows(kind, name)) Refuse(number, name, ReadIssue.Show(value), $"not a keyword of an {kind.ToString().ToUpperInvariant()}", "correct or remove the line");
        else if (value.Length > LongestValue || value.IndexOfAnyExceptInRange((byte)' ', (byte)'~') >= 0) Refuse(number, name, ReadIssue.Show(value), "not printable ASCII, or too long", "correct it");
        else if (!_fields.TryAdd(name, Split(Encoding.ASCII.GetString(value), number)) && !OdmKeywords.IsRepeatable(name)) Refuse(number, name, ReadIssue.Show(value), "given twice", "give it once");
    }

    /// <summary>Refuses the message for a line that has no keyword.</summary>
    public void RefuseLine(long number, string value, string reason, string remedy)
    {
        if (CountLine(number)) Refuse(number, "line", value, reason, remedy);
    }

    public bool Has(string keyword) => _fields.TryGetValue(keyword, out var field) && field.Value.Length > 0;

    public long LineOf(string keyword) => _fields.TryGetValue(keyword, out var field) ? field.Line : line;

    /// <summary>The text of a keyword; empty where it is missing.</summary>
    public string Text(string keyword) => _fields.TryGetValue(keyword, out var field) ? field.Text : "";

    /// <summary>One of some words, whatever their case.</summary>
    public void Expect(string keyword, string remedy, params ReadOnlySpan<string> words)
    {
        string text = Text(keyword);
        foreach (string word in words)
            if (text.Equals(word, StringComparison.OrdinalIgnoreCase)) return;
        RefuseField(keyword, text.Length == 0 ? "missing" : "not read", remedy);
    }

    /// <summary>A number that must be there.</summary>
    /// <returns>NaN, and the message is refused, when it is missing, no finite number, in another unit or outside the bounds.</returns>
    public double Number(string keyword, string unit, double least = double.MinValue, double greatest = double.MaxValue)
    {
        if (!Has(keyword))
        {
            RefuseField(keyword, "missing", unit.Length == 0 ? "add it" : $"add it, in {unit}");
            return double.NaN;
        }
        var (_, text, given, _) = _fields[keyword];
        if (given.Length > 0 && !given.Replace(" ", "", StringComparison.Ordinal).Equals(unit, StringComparison.OrdinalIgnoreCase))
            return RefuseField(keyword, $"in {given}", unit.Length == 0 ? "give it without a unit" : $"give it in {unit}");
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !double.IsFinite(number))
            return RefuseField(keyword, "not a number", "correct it");
        return number >= least && number <= greatest ? number
            : RefuseField(keyword, NumberBounds.Outside(least, greatest), unit.Length == 0 ? "correct it" : $"check that it is in {unit}");
    }

    /// <summary>A number that may be missing.</summary>
    public double NumberOr(string keyword, string unit, double otherwise) => Has(keyword) ? Number(keyword, unit) : otherwise;

    public double RefuseField(string keyword, string reason, string remedy, bool mayPass = false)
    {
        Refuse(LineOf(keyword), keyword, Text(keyword), reason, remedy, mayPass);
        return double.NaN;
    }

    public void Notice(string keyword, string reason, string remedy) => _complaints.Add(new OdmComplaint(LineOf(keyword), IssueSeverity.Notice, keyword, "", reason, remedy));

    public void Refuse(long number, string field, string value, string reason, string remedy, bool mayPass = false)
    {
        IsRefused = true;
        _complaints.Add(new OdmComplaint(number, IssueSeverity.Refused, field, value, $"message refused: {reason}", remedy) { MayPass = mayPass });
    }

    /// <summary>Every line counts, good or bad: what is kept of a message is bounded by it.</summary>
    private bool CountLine(long number)
    {
        if (++_lines == OdmLimits.MessageLinesMax + 1) Refuse(number, "message", "", $"longer than {OdmLimits.MessageLinesMax} lines", "send one state or element set in a message");
        return _lines <= OdmLimits.MessageLinesMax;
    }

    /// <summary>A number may end with its unit in brackets; in a text they are part of it.</summary>
    private static (string Text, string Value, string Unit, long Line) Split(string text, long number)
    {
        int bracket = text.EndsWith(']') ? text.LastIndexOf('[') : -1;
        return bracket <= 0 ? (text, text, "", number) : (text, text[..bracket].TrimEnd(), text[(bracket + 1)..^1], number);
    }
}
