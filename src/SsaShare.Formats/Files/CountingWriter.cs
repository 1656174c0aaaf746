namespace SsaShare.Formats;

/// <summary>
/// Counts the records that a writer takes, and leaves it open when one of the files that it writes has ended. Of a message that is refused at its start, and of a segment that is
/// refused at its end because its writer had to see all of it, nothing is written.
/// </summary>
internal sealed class CountingWriter<T>(FileFormat<T> format, IFormatWriter<T> writer) : IFormatWriter<T> where T : class
{
    private bool _isPassedOver, _isInSegment;
    private long _inSegment;

    public FileCounts Counts { get; set; } = new();

    public ReadIssue? Write(T value)
    {
        var issue = writer.Write(value);
        bool isRefused = issue is { Severity: IssueSeverity.Refused };
        switch (value)
        {
            case NdmEvent { Kind: NdmEventKind.MessageStart }:
                _isPassedOver = isRefused;
                break;
            case EphemerisSegment:
                (_isInSegment, _inSegment) = (true, 0);
                break;
            case EphemerisSegmentEnd:
                if (!isRefused) Counts.Written += _inSegment;
                _isInSegment = false;
                break;
        }
        if (isRefused || _isPassedOver || !format.IsRecord(value)) return issue;
        if (_isInSegment) _inSegment++;
        else Counts.Written++;
        return issue;
    }

    public void Complete()
    {
    }
}
