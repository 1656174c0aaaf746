using System.Text;

namespace SsaShare.Formats;

/// <summary>What the writers of observation lines share: lines into a stream, and complaints about what a format cannot hold. Used by one thread at a time.</summary>
internal abstract class ObservationLineWriter(Stream stream, FormatWriteOptions options) : IFormatWriter<ObservationRecord>
{
    private readonly List<FieldComplaint> _complaints = [], _losses = [];
    private long _lines;

    protected FormatWriteOptions Options => options;

    /// <summary>How many lines were written.</summary>
    protected long Lines => _lines;

    public ReadIssue? Write(ObservationRecord value)
    {
        _complaints.Clear();
        _losses.Clear();
        string? text = Format(value);
        if (_complaints.Count == 0 && text is null) CannotHold("observation", "", "the format has no place for it", "write it in ssa-jsonl");
        if (_complaints.Count > 0) return Joined(_complaints, IssueSeverity.Refused);
        if (text!.Length > 0) Line(text);
        return _losses.Count > 0 ? Joined(_losses, IssueSeverity.Notice) : null;
    }

    public virtual void Complete() => stream.Flush();

    /// <returns>The line, without its end; empty when it has been written; null when the record cannot be written.</returns>
    protected abstract string? Format(ObservationRecord value);

    /// <summary>The value is not written.</summary>
    protected void CannotHold(string field, string value, string reason, string remedy) => _complaints.Add(new FieldComplaint(field, 0, value, reason, remedy));

    /// <summary>The value is written without this.</summary>
    protected void Loses(string field, string reason) => _losses.Add(new FieldComplaint(field, 0, "", reason, "write ssa-jsonl to keep everything"));

    /// <summary>Complains about a year that its last two digits do not stand for.</summary>
    protected void CheckYear(int year)
    {
        if (ObservationEpochs.Year(year % 100, options.Now) != year) CannotHold("epoch", year.ToString(System.Globalization.CultureInfo.InvariantCulture), "a year of two digits would be taken for another", "write another format");
    }

    protected bool HasComplaint => _complaints.Count > 0;

    protected void Line(string text)
    {
        Span<byte> bytes = text.Length < 1_000 ? stackalloc byte[text.Length * 3 + 1] : new byte[text.Length * 3 + 1];
        int count = Encoding.UTF8.GetBytes(text, bytes);
        bytes[count] = (byte)'\n';
        stream.Write(bytes[..(count + 1)]);
        _lines++;
    }

    /// <summary>Names what a card of this kind has no place for.</summary>
    protected void TellWhatIsLost(ObservationRecord value, bool keepsRanges, bool keepsAppearance, bool keepsCard)
    {
        if (!keepsRanges && (value.RangeKm ?? value.RangeRateKmPerS ?? value.RangeAccelerationKmPerS2 ?? value.AngleRate1DegPerS ?? value.AngleRate2DegPerS) is not null) Loses("range and rates", "the format has no place for them");
        if (!keepsAppearance && value.Appearance is not null) Loses("appearance", "the format has no place for it");
        if (!keepsCard && value.Card is { } card && (card.AssociationStatus ?? card.TrackPosition) is not null) Loses("marks of the card", "the format has no place for them");
        if (value.Laser is not null) Loses("laser ranging record", "the format has no place for it");
        if (value.Extra.Count > 0) Loses("extra fields", "the format has no place for them");
        if (value.Target.Name is not null || value.Station.Name is not null) Loses("names", "the format has no place for them");
    }

    private ReadIssue Joined(List<FieldComplaint> complaints, IssueSeverity severity)
        => complaints[0].ToIssue(options.FileName, _lines + (severity == IssueSeverity.Refused ? 1 : 0), severity) with { Reason = string.Join("; ", complaints.Select(complaint => complaints.Count == 1 ? complaint.Reason : $"{complaint.Field}: {complaint.Reason}")) };
}
