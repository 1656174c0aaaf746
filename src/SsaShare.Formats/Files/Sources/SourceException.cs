namespace SsaShare.Formats;

/// <summary>
/// The bytes of a file cannot be had any further: damaged, cut off or more than is taken. It travels through a format's reader, which lets what its stream throws pass, so that
/// nothing half read is taken for a value; <see cref="SourceReader{T}"/> makes an issue of it.
/// </summary>
public sealed class SourceException(string value, string reason, string remedy) : IOException(reason)
{
    /// <summary>The stage of reading: gzip, zstd, UTF-16, limit.</summary>
    public string Value { get; } = value;

    /// <param name="file">As named by the caller.</param>
    /// <param name="line">The one that was reached, from 1.</param>
    public ReadIssue ToIssue(string file, long line) => new(file, line, IssueSeverity.Refused, "file", Value, Message, remedy);
}
