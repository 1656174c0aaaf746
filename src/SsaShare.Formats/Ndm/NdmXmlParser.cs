using System.Text;
using System.Xml;

namespace SsaShare.Formats;

/// <summary>Makes events of the nodes of a document. Pure, in constant memory; used by one thread at a time.</summary>
internal sealed class NdmXmlParser(INdmSink sink)
{
    /// <summary>Deepest element; the standard's have seven levels.</summary>
    private const int DepthMax = 20;

    private const int TextMax = 64 * 1024;

    private readonly Stack<NdmBlock?> _open = new();
    private readonly StringBuilder _text = new();
    private readonly NdmRowBuilder _row = new();
    private NdmMessage? _message;
    private (string Name, string? Unit, bool IsNil, int Line, int Column)? _field;
    private int _passedOver = -1, _depthOfNdm = -1;
    private int _line = 1;

    /// <summary>The root element has been read.</summary>
    public bool HasBegun { get; private set; }

    public static bool WantsText(XmlReader reader) => reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace;

    public void Text(string text)
    {
        if (_passedOver >= 0) return;
        if (_field is { } field)
        {
            if (_text.Length + text.Length > TextMax) sink.Stop(field.Line, field.Column, field.Name, "", $"a text of more than {TextMax} characters", "shorten it");
            else _text.Append(text);
        }
        else if (!string.IsNullOrWhiteSpace(text)) sink.Fault(NdmScope.Unit, _line, 0, "line", text, "text that belongs to no element", "correct or remove it");
    }

    public void Node(XmlReader reader)
    {
        var place = (IXmlLineInfo)reader;
        _line = place.LineNumber;
        if (reader.Depth > DepthMax) sink.Stop(_line, place.LinePosition, reader.LocalName, "", $"elements {DepthMax} deep", "check that this is a navigation data message");
        else if (reader.NodeType == XmlNodeType.Element) Element(reader, _line, place.LinePosition);
        else if (reader.NodeType == XmlNodeType.EndElement) EndElement(reader.LocalName, reader.Depth);
    }

    /// <summary>Ends what is open, also where the document broke off.</summary>
    public void Complete()
    {
        if (_message is not null)
        {
            while (_open.TryPop(out var block) && _open.Count > 0) sink.Event(NdmEvent.BlockEnd(block?.Name ?? "", _line));
            sink.Event(NdmEvent.MessageEnd(_message.Name, _line));
            _message = null;
        }
        if (_depthOfNdm >= 0) sink.Event(NdmEvent.BlockEnd("ndm", _line));
        sink.Complete(_line);
    }

    private void Element(XmlReader reader, int line, int column)
    {
        bool isEmpty = reader.IsEmptyElement;
        int depth = reader.Depth;
        string name = reader.LocalName;
        if (_passedOver >= 0) return;
        if (_field is { } field)
        {
            sink.Fault(NdmScope.Unit, field.Line, field.Column, field.Name, "", "an element in which others stand is not known here", "correct or remove it");
            _field = null;
            _passedOver = depth - 1;
            return;
        }
        if (_message is null) Outermost(reader, name, depth, line, column);
        else if (_row.IsOpen || !IsStructure(name, line, column)) StartField(reader, name, line, column);
        if (isEmpty) EndElement(name, depth);
    }

    private void Outermost(XmlReader reader, string name, int depth, int line, int column)
    {
        bool isInside = _depthOfNdm >= 0;
        HasBegun = true;
        if (depth == 0 && name == "ndm")
        {
            _depthOfNdm = depth;
            sink.Event(NdmEvent.BlockStart("ndm", line, column));
        }
        else if (NdmTables.Find(name) is { } message) Begin(reader, message, line, column);
        else if (isInside && name is "COMMENT" or "MESSAGE_ID") StartField(reader, name, line, column);
        else if (isInside)
        {
            sink.Fault(NdmScope.Row, line, column, name, "", "not a message that is read", $"send {string.Join(", ", NdmTables.Messages.Select(one => one.Name))}");
            _passedOver = depth;
        }
        else sink.Stop(line, column, "file", name, "not a navigation data message in XML", "its outermost element is named after the message, such as oem, or ndm");
    }

    private void Begin(XmlReader reader, NdmMessage message, int line, int column)
    {
        _message = message;
        _open.Clear();
        _open.Push(message.Root);
        sink.Event(NdmEvent.MessageStart(message.Name, reader.GetAttribute("version")?.Trim() ?? "", line, column));
        string? id = reader.GetAttribute("id")?.Trim();
        if (id is not null && id != message.VersionKeyword) sink.Fault(NdmScope.Unit, line, column, "id", id, $"not that of {message.Name}", $"give {message.VersionKeyword}");
    }

    /// <summary>Whether an element is a block, the body or a row, and has been taken as such.</summary>
    private bool IsStructure(string name, int line, int column)
    {
        _open.TryPeek(out var block);
        if (name == "body" && block?.Parent is null)
        {
            _open.Push(block);
            return true;
        }
        if (block is null) return false;
        if (block is { Rows: NdmRowStyle.Observation } && name == "observation" || block is { Rows: NdmRowStyle.StateVector } && name == block.RowName)
        {
            _row.Start(block, line, column);
            return true;
        }
        if (block.Block(name) is not { } inner) return false;
        _open.Push(inner);
        sink.Event(NdmEvent.BlockStart(name, line, column));
        return true;
    }

    private void StartField(XmlReader reader, string name, int line, int column)
    {
        string? unit = null, parameter = null;
        bool isNil = false;
        while (reader.MoveToNextAttribute())
        {
            if (reader.LocalName is "units" or "unit") unit = reader.Value.Trim() is { Length: > 0 } given ? given : null;
            else if (reader.LocalName == "parameter") parameter = reader.Value.Trim();
            else if (reader.LocalName == "nil") isNil = reader.Value.Trim() is "true" or "1";
        }
        reader.MoveToElement();
        if (name == "USER_DEFINED" && parameter is not null) name = $"USER_DEFINED_{parameter}";
        _field = (name, unit, isNil, line, column);
        _text.Clear();
    }

    private void EndElement(string name, int depth)
    {
        if (_passedOver >= 0)
        {
            if (_passedOver == depth) _passedOver = -1;
            return;
        }
        if (_field is { } field) EndField(field);
        else if (_row.IsOpen) _row.End(sink);
        else if (_message is null) EndNdm();
        else EndBlock(name);
    }

    private void EndField((string Name, string? Unit, bool IsNil, int Line, int Column) field)
    {
        _field = null;
        // What is nil is not stated.
        if (field.IsNil) return;
        bool isLine = _open.TryPeek(out var block) && block is { Rows: NdmRowStyle.Line } && field.Name == block.RowName;
        string text = isLine || _row.IsOpen ? NdmText.Collapsed(_text) : NdmText.Joined(_text);
        if (field.Name == "COMMENT") sink.Event(NdmEvent.Comment(text, field.Line, field.Column));
        else if (_row.IsOpen) _row.Add(sink, field.Name, text, field.Unit, field.Line, field.Column);
        else if (isLine) sink.Event(NdmEvent.Row(field.Name, text, field.Line, field.Column));
        else sink.Event(NdmEvent.Field(field.Name, text, field.Unit, field.Line, field.Column));
    }

    private void EndNdm()
    {
        if (_depthOfNdm < 0) return;
        _depthOfNdm = -1;
        sink.Event(NdmEvent.BlockEnd("ndm", _line));
    }

    private void EndBlock(string name)
    {
        var block = _open.Pop();
        if (_open.Count == 0)
        {
            sink.Event(NdmEvent.MessageEnd(_message!.Name, _line));
            _message = null;
        }
        else if (name != "body" || block?.Parent is not null) sink.Event(NdmEvent.BlockEnd(name, _line));
    }
}
