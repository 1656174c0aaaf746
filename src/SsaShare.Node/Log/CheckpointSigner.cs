using Microsoft.Extensions.Logging;
using SsaShare.Exchange;
using SsaShare.Peering;
using SsaShare.Transparency;

namespace SsaShare.Node;

/// <summary>Signs the committed head of this node's log, never a smaller one than before.</summary>
public sealed class CheckpointSigner(NodeIdentity identity, INodeLog log, ILogger<CheckpointSigner> logger) : IDisposable
{
    private readonly SemaphoreSlim _signing = new(1, 1);

    /// <summary>The signed checkpoint of everything committed so far.</summary>
    /// <exception cref="InvalidOperationException">The log is smaller than one signed before.</exception>
    public async Task<string> SignAsync(CancellationToken cancellationToken)
    {
        await _signing.WaitAsync(cancellationToken);
        try
        {
            var last = await log.GetCheckpointAsync(cancellationToken);
            var head = await log.GetHeadAsync(cancellationToken);
            if (last is { } signed)
            {
                if (signed.Head == head) return signed.Note;
                if (head.Size <= signed.Head.Size)
                {
                    NodeLog.LogWentBack(logger, head.Size, signed.Head.Size);
                    throw new InvalidOperationException($"The log has {head.Size} entries; a checkpoint for {signed.Head.Size} is signed already.");
                }
            }
            string note = System.Text.Encoding.UTF8.GetString(new Checkpoint(identity.LogSigner.Name, head.Size, head.Root).Sign(identity.LogSigner).ToBytes());
            await log.SaveCheckpointAsync(head, note, cancellationToken);
            return note;
        }
        finally
        {
            _signing.Release();
        }
    }

    public void Dispose() => _signing.Dispose();
}
