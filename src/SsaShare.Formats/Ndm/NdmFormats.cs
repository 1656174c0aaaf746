using System.Collections.Immutable;
using System.Text;

namespace SsaShare.Formats;

/// <summary>The formats of navigation data messages: for each message and for combined ones KVN and XML. Every one of them reads whatever message a file of its syntax holds; it writes its own alone.</summary>
public static class NdmFormats
{
    private static readonly System.Buffers.SearchValues<byte> NameEnds = System.Buffers.SearchValues.Create(" \t\r\n/>"u8);

    public static IReadOnlyList<FileFormat<NdmEvent>> All { get; } = [.. Formats()];

    /// <param name="message">opm, oem ..., or ndm for several in one file.</param>
    public static FileFormat<NdmEvent> Of(string message, NdmSyntax syntax) => All.First(format => format.Name == Name(message, syntax));

    private static IEnumerable<FileFormat<NdmEvent>> Formats()
    {
        foreach (var message in NdmTables.Messages)
        {
            yield return Kvn(message.Name, $"CCSDS {message.Title}, KVN", message);
            yield return Xml(message.Name, $"CCSDS {message.Title}, XML", message.Name);
        }
        // The standard has no combined message in KVN, yet catalogs are published as one message after another.
        yield return Kvn("ndm", "CCSDS navigation data messages one after another, KVN", null);
        yield return Xml("ndm", "CCSDS combined navigation data message, XML", null);
    }

    private static string Name(string message, NdmSyntax syntax) => $"{message}-{(syntax switch { NdmSyntax.Kvn => "kvn", NdmSyntax.Xml => "xml", _ => "json" })}";

    private static FileFormat<NdmEvent> Kvn(string name, string title, NdmMessage? only)
        => new(Name(name, NdmSyntax.Kvn), title, $".{name}", head => only is null ? Recognition.No : OfKvn(head.Span, only.VersionKeyword))
        {
            Open = (stream, options) => new NdmReader(stream, NdmSyntax.Kvn, options),
            Create = (stream, options) => new NdmKvnWriter(stream, options, only?.Name),
        };

    private static FileFormat<NdmEvent> Xml(string name, string title, string? only) => new(Name(name, NdmSyntax.Xml), title, ".xml", head => OfXml(head.Span, name))
    {
        Open = (stream, options) => new NdmReader(stream, NdmSyntax.Xml, options),
        Create = (stream, options) => new NdmXmlWriter(stream, options, only),
    };

    /// <summary>By the first line that is neither blank nor a comment.</summary>
    private static Recognition OfKvn(ReadOnlySpan<byte> head, string keyword)
    {
        foreach (var range in head.Split((byte)'\n'))
        {
            var line = head[range].Trim(" \t\r"u8);
            if (line.IsEmpty || line.StartsWith("COMMENT"u8)) continue;
            int equals = line.IndexOf((byte)'=');
            return equals > 0 && Encoding.ASCII.GetString(line[..equals].TrimEnd(" \t"u8)) == keyword ? Recognition.Certain : Recognition.No;
        }
        return Recognition.No;
    }

    /// <summary>By the name of the outermost element.</summary>
    private static Recognition OfXml(ReadOnlySpan<byte> head, string name)
    {
        if (!head.TrimStart(" \t\r\n"u8).StartsWith("<"u8)) return Recognition.No;
        for (int at = 0; head[at..].IndexOf((byte)'<') is var next and >= 0; at += 1)
        {
            at += next;
            var rest = head[(at + 1)..];
            int skipped = rest.StartsWith("!--"u8) ? rest.IndexOf("-->"u8) : rest.StartsWith("?"u8) || rest.StartsWith("!"u8) ? rest.IndexOf((byte)'>') : -1;
            if (skipped >= 0)
            {
                at += skipped;
                continue;
            }
            int end = rest.IndexOfAny(NameEnds);
            if (end < 0) return Recognition.No;
            var element = rest[..end];
            if (element.IndexOf((byte)':') is var colon and >= 0) element = element[(colon + 1)..];
            return Encoding.ASCII.GetString(element) == name ? Recognition.Certain : Recognition.No;
        }
        return Recognition.No;
    }
}
