using System.Collections.Immutable;
using System.Text;

namespace SsaShare.Formats;

/// <summary>The formats of navigation data messages: for each message and for combined ones KVN, XML and JSON. Every one of them reads whatever message a file of its syntax holds; it writes its own alone.</summary>
/// <remarks>
/// In JSON an object has one member, named after the message, or ndm with an array of such objects. A message has id, version and its blocks; a block has a member for each keyword
/// and block in it. Values are numbers where they are numbers, with the digits of the file, otherwise texts; with a unit { "value": 1.5, "units": "km" }. What may repeat (COMMENT, segment,
/// maneuverParameters, observation, stateVector of an OEM, traj ...) is an array. A comment between rows is an object { "COMMENT": ... } among them; where the same name
/// would come a second time in an object, it has _2, _3 ... at its end.
/// </remarks>
public static class NdmFormats
{
    private static readonly System.Buffers.SearchValues<byte> NameEnds = System.Buffers.SearchValues.Create(" \t\r\n/>"u8);

    public static IReadOnlyList<FileFormat<NdmEvent>> All { get; } = [.. Formats()];

    /// <param name="message">opm, oem ..., or ndm for several in one file.</param>
    public static FileFormat<NdmEvent> Of(string message, NdmSyntax syntax) => All.First(format => format.Name == Name(message, syntax));

    /// <summary>The syntax that a file is in, or would be in if it were a message: by its first character.</summary>
    internal static NdmSyntax SyntaxOf(ReadOnlySpan<byte> head)
    {
        head = XmlHead.ToUtf8(head);
        if (head.StartsWith("\uFEFF"u8)) head = head[3..];
        head = head.TrimStart(" \t\r\n"u8);
        return head.StartsWith("<"u8) ? NdmSyntax.Xml : head.StartsWith("{"u8) ? NdmSyntax.Json : NdmSyntax.Kvn;
    }

    private static IEnumerable<FileFormat<NdmEvent>> Formats()
    {
        foreach (var message in NdmTables.Messages)
        {
            yield return Kvn(message.Name, $"CCSDS {message.Title}, KVN", message);
            yield return Xml(message.Name, $"CCSDS {message.Title}, XML", message.Name);
            yield return Json(message.Name, $"CCSDS {message.Title}, the structure of its XML in JSON", message.Name);
        }
        // The standard has no combined message in KVN, yet catalogs are published as one message after another.
        yield return Kvn("ndm", "CCSDS navigation data messages one after another, KVN", null);
        yield return Xml("ndm", "CCSDS combined navigation data message, XML", null);
        yield return Json("ndm", "CCSDS combined navigation data message, the structure of its XML in JSON", null);
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

    private static FileFormat<NdmEvent> Json(string name, string title, string? only) => new(Name(name, NdmSyntax.Json), title, ".json", head => OfJson(head.Span, name))
    {
        Open = (stream, options) => new NdmReader(stream, NdmSyntax.Json, options),
        Create = (stream, options) => new NdmJsonWriter(stream, options, only),
    };

    /// <summary>By the name of the only member.</summary>
    private static Recognition OfJson(ReadOnlySpan<byte> head, string name)
    {
        head = head.TrimStart(" \t\r\n"u8);
        if (!head.StartsWith("{"u8)) return Recognition.No;
        head = head[1..].TrimStart(" \t\r\n"u8);
        return head.StartsWith(Encoding.ASCII.GetBytes($"\"{name}\"")) ? Recognition.Certain : Recognition.No;
    }

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
        head = XmlHead.ToUtf8(head);
        return SyntaxOf(head) == NdmSyntax.Xml && NextElement(ref head) == name ? Recognition.Certain : Recognition.No;
    }

    /// <summary>The name of the next element that starts, without its prefix; null where there is none. What stands before it is taken off.</summary>
    internal static string? NextElement(ref ReadOnlySpan<byte> head)
    {
        while (head.IndexOf((byte)'<') is var at and >= 0)
        {
            head = head[(at + 1)..];
            if (head.StartsWith("!--"u8)) head = head.IndexOf("-->"u8) is var end and >= 0 ? head[end..] : default;
            if (head.IsEmpty || head[0] is (byte)'?' or (byte)'!' or (byte)'/' or (byte)'-') continue;
            int length = head.IndexOfAny(NameEnds);
            if (length < 0) return null;
            var name = head[..length];
            return Encoding.ASCII.GetString(name[(name.IndexOf((byte)':') + 1)..]);
        }
        return null;
    }
}
