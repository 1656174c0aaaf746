namespace SsaShare.Formats;

/// <summary>
/// Reads a file of mean elements, in any of their formats, as elements for SGP4. A record that is malformed, or is none that the service keeps, is refused with line, field and reason; the others are kept.
/// </summary>
/// <remarks>
/// Refused beside what the format itself forbids, as with orbit mean-elements messages: theories other than SGP4, frames other than TEME, centres other than the Earth, a classification
/// other than unclassified, more than 20 revolutions per day, an epoch before 1972 in UTC or more than 30 days ahead.
/// </remarks>
public sealed class ElementSetReader : IFormatReader<ElementSet>
{
    private readonly IFormatReader<ElementSet> _reader;

    /// <param name="stream">From the file's first byte on.</param>
    /// <param name="format">One of <see cref="ElementFormats"/>.</param>
    /// <param name="options">File name, present, mode and limits.</param>
    /// <exception cref="ArgumentException">The format is none of them.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A limit is not positive, or the line limit is outside 64 to 1 MiB.</exception>
    public ElementSetReader(Stream stream, FileFormat<MeanElements> format, FormatReadOptions options) => _reader = format.Name switch
    {
        "tle" or "3le" => ElementFormats.OpenTle(stream, options, ElementSetInterpreter.Interpret),
        "omm-csv" => ElementFormats.OpenCsv(stream, options, ElementSetInterpreter.Interpret),
        "omm-json" => ElementFormats.OpenJson(stream, options, ElementSetInterpreter.Interpret),
        _ => throw new ArgumentException($"{format.Name} is no format of mean elements.", nameof(format)),
    };

    /// <exception cref="IOException">The stream fails.</exception>
    public IEnumerable<FormatItem<ElementSet>> Read() => _reader.Read();

    /// <exception cref="IOException">The stream fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while waiting for the stream.</exception>
    public IAsyncEnumerable<FormatItem<ElementSet>> ReadAsync(CancellationToken cancellationToken = default) => _reader.ReadAsync(cancellationToken);
}
