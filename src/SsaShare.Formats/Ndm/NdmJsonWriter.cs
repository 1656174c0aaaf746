using System.Text.Encodings.Web;
using System.Text.Json;

namespace SsaShare.Formats;

/// <summary>Writes a message in JSON, or several in a combined one, in the form that <see cref="NdmFormats"/> tells.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "Disposed when the file is complete; it holds no handle.")]
internal sealed class NdmJsonWriter : NdmTreeWriter
{
    private const int FlushSize = 64 * 1024;
    private readonly Utf8JsonWriter _json;
    private readonly Stack<Frame> _open = new();
    private readonly Stack<Frame> _spare = new();
    private bool _isCombined;

    public NdmJsonWriter(Stream stream, FormatWriteOptions options, string? only) : base(stream, options, only)
        => _json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>An object that is open, and the array in it that is.</summary>
    private sealed class Frame
    {
        public readonly HashSet<string> Names = new(StringComparer.Ordinal);
        public NdmBlock? Block;
        public string? Array;
    }

    protected override void Begin(bool isCombined)
    {
        _isCombined = isCombined;
        _json.WriteStartObject();
        if (isCombined) _json.WriteStartArray("ndm");
    }

    protected override void Finish()
    {
        if (_isCombined) _json.WriteEndArray();
        _json.WriteEndObject();
        _json.Flush();
        _json.Dispose();
        Stream.Write("\n"u8);
    }

    protected override void Element(NdmEvent one)
    {
        switch (one.Kind)
        {
            case NdmEventKind.MessageStart: StartMessage(one); break;
            case NdmEventKind.BlockStart: StartBlock(one); break;
            case NdmEventKind.Field: Field(one); break;
            case NdmEventKind.Comment: Comment(one); break;
            case NdmEventKind.Row: Row(one); break;
            case NdmEventKind.BlockEnd: End(); break;
            case NdmEventKind.MessageEnd:
                End();
                if (_isCombined) _json.WriteEndObject();
                break;
        }
        if (_json.BytesPending > FlushSize) _json.Flush();
    }

    private void StartMessage(NdmEvent one)
    {
        var message = NdmTables.Find(one.Name)!;
        if (_isCombined) _json.WriteStartObject();
        _json.WriteStartObject(one.Name);
        _json.WriteString("id", message.VersionKeyword);
        _json.WriteString("version", one.Text);
        Push(message.Root);
    }

    private void StartBlock(NdmEvent one)
    {
        var frame = _open.Peek();
        var block = frame.Block?.Block(one.Name);
        if (block is { IsRepeatable: true })
        {
            InArray(frame, one.Name);
            _json.WriteStartObject();
        }
        else _json.WriteStartObject(Fresh(frame, one.Name));
        Push(block);
    }

    private void Field(NdmEvent one)
    {
        if (_open.Count == 0)
        {
            _json.WriteStartObject();
            _json.WriteString(one.Name, one.Text);
            _json.WriteEndObject();
            return;
        }
        var frame = _open.Peek();
        _json.WritePropertyName(Fresh(frame, one.Name));
        var type = frame.Block?.Keyword(one.Name)?.Type ?? NdmType.Text;
        if (one.Unit is null)
        {
            Value(one.Text, type);
            return;
        }
        _json.WriteStartObject();
        _json.WritePropertyName("value");
        Value(one.Text, type);
        _json.WriteString("units", one.Unit);
        _json.WriteEndObject();
    }

    private void Comment(NdmEvent one)
    {
        if (_open.Count == 0)
        {
            _json.WriteStartObject();
            _json.WriteString("COMMENT", one.Text);
            _json.WriteEndObject();
            return;
        }
        var frame = _open.Peek();
        if (frame is { Array: { } array, Block: { } block } && array == RowName(block))
        {
            _json.WriteStartObject();
            _json.WriteString("COMMENT", one.Text);
            _json.WriteEndObject();
            return;
        }
        InArray(frame, "COMMENT");
        _json.WriteStringValue(one.Text);
    }

    private void Row(NdmEvent one)
    {
        var frame = _open.Peek();
        var block = frame.Block;
        InArray(frame, block is null ? one.Name : RowName(block));
        if (block is not { Rows: NdmRowStyle.Observation or NdmRowStyle.StateVector })
        {
            _json.WriteStringValue(one.Text);
            return;
        }
        _json.WriteStartObject();
        int index = 0;
        foreach (var range in one.Values)
        {
            string name = index == 0 ? "EPOCH" : block.Rows == NdmRowStyle.Observation ? one.Name : block.RowKeywords[Math.Min(index, block.RowKeywords.Length - 1)].Name;
            _json.WritePropertyName(name);
            Value(one.Text[range], index == 0 ? NdmType.Epoch : NdmType.Number);
            index++;
        }
        _json.WriteEndObject();
    }

    private void End()
    {
        Fresh(_open.Peek(), null);
        _json.WriteEndObject();
        _spare.Push(_open.Pop());
    }

    private static string RowName(NdmBlock block) => block.Rows == NdmRowStyle.Observation ? "observation" : block.RowName;

    private void Value(string text, NdmType type)
    {
        if (type is NdmType.Number or NdmType.WholeNumber or NdmType.Time && IsJsonNumber(text)) _json.WriteRawValue(text, skipInputValidation: true);
        else _json.WriteStringValue(text);
    }

    /// <summary>A number of JSON has no plus, no leading zeros, and digits on both sides of its point.</summary>
    private static bool IsJsonNumber(ReadOnlySpan<char> text)
    {
        if (text is ['-', ..]) text = text[1..];
        int digits = Digits(text);
        if (digits == 0 || (digits > 1 && text[0] == '0')) return false;
        text = text[digits..];
        if (text is ['.', ..])
        {
            digits = Digits(text[1..]);
            if (digits == 0) return false;
            text = text[(digits + 1)..];
        }
        if (text.IsEmpty) return true;
        if (text[0] is not ('e' or 'E')) return false;
        text = text[1..];
        if (text is ['+' or '-', ..]) text = text[1..];
        return !text.IsEmpty && Digits(text) == text.Length;
    }

    private static int Digits(ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? end : text.Length;

    private void Push(NdmBlock? block)
    {
        var frame = _spare.Count > 0 ? _spare.Pop() : new Frame();
        frame.Names.Clear();
        (frame.Block, frame.Array) = (block, null);
        _open.Push(frame);
    }

    private void InArray(Frame frame, string name)
    {
        if (frame.Array == name) return;
        string fresh = Fresh(frame, name);
        _json.WriteStartArray(fresh);
        frame.Array = name;
    }

    /// <summary>Ends the array that is open; a name that the object has not had yet.</summary>
    private string Fresh(Frame frame, string? name)
    {
        if (frame.Array is not null) _json.WriteEndArray();
        frame.Array = null;
        if (name is null || frame.Names.Add(name)) return name ?? "";
        for (int n = 2; ; n++)
            if ($"{name}_{n}" is var numbered && frame.Names.Add(numbered)) return numbered;
    }
}
