using System.Runtime.CompilerServices;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Formats;
using SsaShare.Protocol;

namespace SsaShare.Cli;

/// <summary>The ids of the records that a file gives when it is published: a record's id is of its class, originator and payload, whatever its label was.</summary>
internal static class PublishedFile
{
    private static readonly SealedLabel AnyLabel = LabelCodec.Seal(new Label(HandlingLevel.PartnersOnly, DataMode.Real, null, OriginatorControlled: false));

    /// <param name="file">CCSDS tracking data, orbit parameter or mean-elements message. Lines that would be refused are left out.</param>
    /// <param name="originator">Who published it.</param>
    public static async IAsyncEnumerable<RecordId> ReadAsync(FileInfo file, PartnerId originator, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var now = Utc.FromDateTime(TimeProvider.System.GetUtcNow());
        byte[] head = new byte[MessageFormats.HeadBytes];
        await using var stream = file.OpenRead();
        int read = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        stream.Position = 0;
        if (MessageFormats.Of(head.AsSpan(0, read)) == MessageFormat.Orbit)
        {
            await foreach (var item in new OdmReader(stream, new OdmReadOptions { FileName = file.Name, Now = now }).ReadAsync(cancellationToken))
            {
                if (item.State is { } state) yield return RecordFactory.Seal(state, originator, AnyLabel).Id;
                else if (item.Elements is { } elements) yield return RecordFactory.Seal(elements, originator, AnyLabel).Id;
            }
            yield break;
        }
        await foreach (var item in new TdmReader(stream, new TdmReadOptions { FileName = file.Name, Now = now }).ReadAsync(cancellationToken))
            if (item.Observation is { } observation) yield return RecordFactory.Seal(observation, originator, AnyLabel).Id;
    }
}
