using System.Text;
using System.Xml;

namespace SsaShare.Formats;

/// <summary>Writes a message in XML, or several in a combined one.</summary>
internal sealed class NdmXmlWriter : NdmTreeWriter
{
    private readonly XmlWriter _xml;
    private readonly Stack<NdmBlock?> _open = new();
    private readonly List<NdmEvent> _unordered = [];
    private NdmMessage? _message;
    private bool _hasBody;

    public NdmXmlWriter(Stream stream, FormatWriteOptions options, string? only) : base(stream, options, only)
        => _xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n", CloseOutput = false });

    protected override void Begin(bool isCombined)
    {
        _xml.WriteStartDocument();
        if (isCombined) _xml.WriteStartElement("ndm");
    }

    protected override void Finish()
    {
        _xml.WriteEndDocument();
        _xml.Dispose();
        Stream.Write("\n"u8);
    }

    /// <summary>Keywords that may stand in any order in KVN have one in XML: a block of such is written when it ends.</summary>
    protected override void Element(NdmEvent one)
    {
        if (one.Kind is NdmEventKind.Field or NdmEventKind.Comment && _open.TryPeek(out var block) && block is { IsUnordered: true }) _unordered.Add(one);
        else Put(one, isOrdered: true);
    }

    private void Put(NdmEvent one, bool isOrdered)
    {
        if (isOrdered && _unordered.Count > 0)
        {
            var block = _open.Peek()!;
            foreach (var field in _unordered.OrderBy(field => field.Kind == NdmEventKind.Comment ? -1 : block.IndexOf(field.Name) is var index and >= 0 ? index : int.MaxValue)) Put(field, isOrdered: false);
            _unordered.Clear();
        }
        switch (one.Kind)
        {
            case NdmEventKind.MessageStart: StartMessage(one); break;
            case NdmEventKind.BlockStart: Start(one); break;
            case NdmEventKind.Field: Field(one.Name, one.Text, one.Unit); break;
            case NdmEventKind.Comment: Leaf("COMMENT", one.Text); break;
            case NdmEventKind.Row: Row(one); break;
            case NdmEventKind.BlockEnd: End(); break;
            case NdmEventKind.MessageEnd:
                if (_hasBody) _xml.WriteEndElement();
                _xml.WriteEndElement();
                break;
        }
    }

    private void StartMessage(NdmEvent one)
    {
        (_message, _hasBody) = (NdmTables.Find(one.Name)!, false);
        _open.Clear();
        _open.Push(_message.Root);
        _xml.WriteStartElement(one.Name);
        _xml.WriteAttributeString("id", _message.VersionKeyword);
        _xml.WriteAttributeString("version", one.Text);
    }

    private void Start(NdmEvent one)
    {
        if (_open.Count == 1 && one.Name != "header" && !_hasBody)
        {
            _hasBody = true;
            _xml.WriteStartElement("body");
        }
        _open.Push(_open.Peek()?.Block(one.Name));
        _xml.WriteStartElement(XmlConvert.EncodeLocalName(one.Name));
    }

    private void End()
    {
        _open.Pop();
        _xml.WriteEndElement();
    }

    private void Row(NdmEvent one)
    {
        var block = _open.Peek();
        if (block is { Rows: NdmRowStyle.Observation })
        {
            int blank = one.Text.IndexOf(' ', StringComparison.Ordinal);
            _xml.WriteStartElement("observation");
            Leaf("EPOCH", blank < 0 ? one.Text : one.Text[..blank]);
            Leaf(one.Name, blank < 0 ? "" : one.Text[(blank + 1)..]);
            _xml.WriteEndElement();
        }
        else if (block is { Rows: NdmRowStyle.StateVector })
        {
            int index = 0;
            _xml.WriteStartElement(one.Name);
            foreach (var range in one.Values)
                if (index < block.RowKeywords.Length) Leaf(block.RowKeywords[index++].Name, one.Text[range]);
            _xml.WriteEndElement();
        }
        else Leaf(one.Name, one.Text);
    }

    private void Field(string name, string text, string? unit)
    {
        const string UserDefined = "USER_DEFINED_";
        if (name.StartsWith(UserDefined, StringComparison.Ordinal))
        {
            _xml.WriteStartElement("USER_DEFINED");
            _xml.WriteAttributeString("parameter", name[UserDefined.Length..]);
        }
        else _xml.WriteStartElement(XmlConvert.EncodeLocalName(name));
        if (unit is not null) _xml.WriteAttributeString("units", unit);
        if (text.Length > 0) _xml.WriteString(text);
        _xml.WriteEndElement();
    }

    private void Leaf(string name, string text)
    {
        _xml.WriteStartElement(XmlConvert.EncodeLocalName(name));
        if (text.Length > 0) _xml.WriteString(text);
        _xml.WriteEndElement();
    }
}
