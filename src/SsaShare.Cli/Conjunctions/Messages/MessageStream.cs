using SsaShare.Domain;
using SsaShare.Formats;

namespace SsaShare.Cli;

/// <summary>Conjunction messages in one stream, one after another. Used by one thread at a time.</summary>
internal sealed class MessageStream
{
    private readonly IFormatWriter<NdmEvent> _syntax;
    private readonly CdmWriter _writer;

    /// <param name="stream">Stays open.</param>
    /// <param name="name">That issues carry.</param>
    /// <param name="holdsSeveral">The file may hold more or fewer than one.</param>
    public MessageStream(Stream stream, string name, MessageTask task, bool holdsSeveral)
    {
        var options = new FormatWriteOptions { FileName = name, Now = task.Maker.Created, Originator = task.Maker.Maker };
        _syntax = NdmFormats.Of(holdsSeveral ? "ndm" : "cdm", task.Syntax).Create!(stream, options);
        _writer = new CdmWriter(_syntax, options, task.Frame);
    }

    /// <returns>Why it cannot be written; nothing of it is.</returns>
    public ReadIssue? Write(ConjunctionMessage message) => _writer.Write(message);

    public void Complete() => _syntax.Complete();
}
