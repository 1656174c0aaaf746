using System.Globalization;

namespace SsaShare.Formats;

/// <summary>Values against their keywords: type, words, unit.</summary>
internal sealed partial class NdmChecker
{
    /// <returns>Whether the field passes.</returns>
    private bool IsValue(NdmEvent one, NdmKeyword keyword)
    {
        if (!IsPrintable(one)) return false;
        if (one.Text.Length == 0) return Forbid(one, one.Name, "", "no value", keyword.Obligation == NdmObligation.Mandatory ? "give one" : "give one or remove it");
        return (ValueFault(one.Name, one.Text, keyword) is not { } fault || Refuse(one, fault)) && (one.Unit is null || IsUnit(one, keyword));
    }

    private bool IsUnit(NdmEvent one, NdmKeyword keyword)
    {
        if (NdmValues.IsUnit(one.Unit!, keyword.Unit)) return true;
        if (keyword.Unit.Length == 0) return Forbid(one, one.Name, one.Unit!, $"in {Shown(one.Unit!)}, but it has no unit", "give it without");
        return Refuse(one, new NdmFault(one.Name, one.Unit!, $"in {Shown(one.Unit!)}, expected {keyword.Unit}", $"give it in {keyword.Unit}"));
    }

    private NdmFault? ValueFault(string name, ReadOnlySpan<char> text, NdmKeyword keyword)
    {
        switch (keyword.Type)
        {
            case NdmType.Number:
                if (NdmValues.IsNumber(text)) return RangeFault(name, text, keyword);
                if (text.Equals("NaN", StringComparison.OrdinalIgnoreCase)) return new NdmFault(name, text.ToString(), "not a number", "leave out what is not known", IsForbidden: true);
                if (text.Contains('[')) return new NdmFault(name, text.ToString(), "a unit that is not closed", "close it with ], or leave it out");
                return new NdmFault(name, text.ToString(), "not a finite number", keyword.Unit.Length == 0 ? "give a number" : $"give a number, in {keyword.Unit}");
            case NdmType.WholeNumber:
                return NdmValues.IsInteger(text) ? null : new NdmFault(name, text.ToString(), "not a whole number", "correct it");
            case NdmType.Epoch:
                return EpochFault(name, text) is { } why ? new NdmFault(name, text.ToString(), $"epoch: {why}", "give it as 2024-02-29T12:00:00.5 or 2024-060T12:00:00.5") : null;
            case NdmType.Time:
                if (NdmValues.IsNumber(text)) return null;
                return EpochFault(name, text) is { } wrong ? new NdmFault(name, text.ToString(), $"time: {wrong}", "give an epoch, or seconds since the epoch of the message") : null;
            case NdmType.Word:
                foreach (string word in keyword.Words)
                    if (text.Equals(word, StringComparison.OrdinalIgnoreCase)) return null;
                return new NdmFault(name, text.ToString(), "not a word that belongs here", $"give {string.Join(", ", keyword.Words)}", IsForbidden: true);
            case NdmType.Frame:
                return NdmValues.IsFrame(text.ToString()) ? null : new NdmFault(name, text.ToString(), "not a frame of the registry", "give one that both sides know, such as GCRF, EME2000, ITRF2014 or TEME", IsForbidden: true);
            case NdmType.TimeSystem:
                return NdmValues.TimeSystems.Contains(text.ToString()) ? null : new NdmFault(name, text.ToString(), "not a time system of the registry", $"give {string.Join(", ", NdmValues.TimeSystems.Order())}", IsForbidden: true);
            case NdmType.Numbers:
                foreach (var range in text.Split(' '))
                    if (!text[range].IsEmpty && !NdmValues.IsNumber(text[range])) return new NdmFault(name, text[range].ToString(), "not a finite number", "give numbers with blanks between them");
                return null;
            default:
                return null;
        }
    }

    private static NdmFault? RangeFault(string name, ReadOnlySpan<char> text, NdmKeyword keyword)
    {
        if (double.IsInfinity(keyword.Min) && double.IsInfinity(keyword.Max)) return null;
        double value = double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (value < keyword.Min) return new NdmFault(name, text.ToString(), string.Create(CultureInfo.InvariantCulture, $"below {keyword.Min}"), "correct it, or leave out what is not known");
        return value > keyword.Max ? new NdmFault(name, text.ToString(), string.Create(CultureInfo.InvariantCulture, $"above {keyword.Max}"), "correct it, or leave out what is not known") : null;
    }

    private string? EpochFault(string name, ReadOnlySpan<char> text)
    {
        // The next leap second is one of UTC that no table need have yet.
        string? wrong = NdmTime.Read(text, out var time);
        if (wrong is not null || !time.IsInLeapSecond || name == "NEXT_LEAP_EPOCH") return wrong;
        return !_mayLeap ? "only UTC has leap seconds" : time.IsOfUtc ? null : "no leap second is there";
    }

    /// <summary>The values of a row, by its style.</summary>
    private NdmFault? RowFault(NdmBlock block, NdmEvent one) => block.Rows switch
    {
        NdmRowStyle.Observation => ObservationFault(block, one),
        NdmRowStyle.StateVector => StateFault(block, one),
        _ => null,
    };

    private NdmFault? ObservationFault(NdmBlock block, NdmEvent one)
    {
        var text = one.Text.AsSpan();
        int blank = text.IndexOf(' ');
        if (blank < 0) return new NdmFault(one.Name, one.Text, "expected an epoch and a value", "give both");
        if (EpochFault(one.Name, text[..blank]) is { } why) return new NdmFault(one.Name, one.Text, $"epoch: {why}", "give it as 2024-02-29T12:00:00.5 or 2024-060T12:00:00.5");
        return block.RowKeyword(one.Name) is { } keyword ? ValueFault(one.Name, text[(blank + 1)..], keyword) : new NdmFault(one.Name, one.Text, "not a data keyword", "correct or remove the line", IsForbidden: true);
    }

    private NdmFault? StateFault(NdmBlock block, NdmEvent one)
    {
        var text = one.Text.AsSpan();
        int count = 0;
        foreach (var range in text.Split(' '))
        {
            if (count == block.RowKeywords.Length) return new NdmFault(one.Name, one.Text, $"more than {count} values", "give an epoch and 6 or 9 numbers");
            if (ValueFault(block.RowKeywords[count].Name, text[range], block.RowKeywords[count]) is { } fault) return fault;
            count++;
        }
        return count is 7 or 10 ? null : new NdmFault(one.Name, one.Text, $"{count} values", "give an epoch and 6 or 9 numbers");
    }

    /// <summary>A text without control characters; other than ASCII is told of, and kept.</summary>
    private bool IsPrintable(NdmEvent one)
    {
        var text = one.Text.AsSpan();
        if (!text.ContainsAnyExceptInRange(' ', '~')) return true;
        string field = one.Kind == NdmEventKind.Comment ? "COMMENT" : one.Name;
        foreach (char letter in text)
        {
            if (!char.IsControl(letter) && letter is not ('\uFFFE' or '\uFFFF' or '\uFFFD')) continue;
            Refuse(one, new NdmFault(field, one.Text, letter == '\uFFFD' ? "not UTF-8" : "a control character", "remove it"));
            return false;
        }
        if (!IsWellFormed(text))
        {
            Refuse(one, new NdmFault(field, one.Text, "half a character", "remove it"));
            return false;
        }
        Report(one.Line, one.Column, IssueSeverity.Notice, field, one.Text, "other than ASCII", "the standard has ASCII only; kept as it is");
        return true;
    }

    private static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }
        return true;
    }
}
