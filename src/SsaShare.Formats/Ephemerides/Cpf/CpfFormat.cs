namespace SsaShare.Formats;

/// <summary>Consolidated prediction format of the International Laser Ranging Service.</summary>
public static class CpfFormat
{
    /// <summary>Versions 1 and 2.</summary>
    public static FileFormat<EphemerisItem> Cpf { get; } = new("cpf", "ILRS consolidated prediction format, versions 1 and 2", ".cpf", Recognise)
    {
        Open = (stream, options) => new EphemerisFile(stream, options, (o, items) => new CpfParser(o, items)),
        Create = (stream, options) => new SpanningWriter(new CpfWriter(stream, options), options),
    };

    private static Recognition Recognise(ReadOnlyMemory<byte> head)
    {
        var words = new Words(FirstLine.Of(head.Span));
        var kind = words.Next();
        return kind.SequenceEqual("H1"u8) || kind.SequenceEqual("h1"u8)
            ? System.Text.Ascii.EqualsIgnoreCase(words.Next(), "CPF"u8) ? Recognition.Certain : Recognition.No
            : Recognition.No;
    }
}
