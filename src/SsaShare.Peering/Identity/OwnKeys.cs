using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Peering;

/// <summary>What a node's store and folder say of its own keys, brought together at every start before anything else is read.</summary>
public static class OwnKeys
{
    /// <summary>
    /// Makes sure that folder and store tell the same history, then writes down, each with its log entry, what the store lacks of it: the
    /// node's first card, and changes of keys, of which one may have been carried out just now.
    /// </summary>
    /// <remarks>Called when the store's log is known to extend what this node has signed: nothing is written over another.</remarks>
    /// <exception cref="InvalidDataException">They do not: one of them was restored from a backup. Nothing is written then, and what waits in the folder stays.</exception>
    /// <returns>The change that was just carried out; null when there was none.</returns>
    public static async Task<KeyEvent?> RecordAsync(NodeFolder folder, NodeIdentity identity, IPeerStore store, CancellationToken cancellationToken)
    {
        var waiting = KeyChange.ReadWaiting(folder);
        var history = await JudgeAsync(folder, identity, store, cancellationToken);
        await store.KeepOwnAsync(identity.Keys.First, cancellationToken);
        // What is there already changes nothing.
        foreach (var one in identity.Keys.Events) await store.SaveKeyEventAsync(one, isOwn: true, cancellationToken);
        foreach (var one in history.Events.Where(one => !File.Exists(folder.KeyEventFile(one.Sequence))))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(folder.KeyEventFile(1))!);
            KeyFile.WriteWhole(folder.KeyEventFile(one.Sequence), one.ToJson());
        }
        // What waited is in the store now, and the next change counts from there.
        if (waiting is not null) Directory.Delete(folder.NextKeysFolder, recursive: true);
        return waiting;
    }

    /// <summary>Waits until the keys of the folder have come into use: a document of theirs that is dated before would be refused by everybody.</summary>
    /// <exception cref="InvalidDataException">That is more than a minute away: the clock has gone back.</exception>
    public static async Task UntilInUseAsync(NodeIdentity identity, TimeProvider time, CancellationToken cancellationToken)
    {
        var wait = identity.Keys.Events is [.., var last] ? last.Effective - time.GetUtcNow() : TimeSpan.Zero;
        if (wait > TimeSpan.FromMinutes(1)) throw new InvalidDataException($"The keys of this node come into use at {identity.Keys.Events[^1].Effective:yyyy-MM-dd'T'HH:mm:ss'Z'}, and the clock shows {time.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss'Z'}. Set it right.");
        if (wait > TimeSpan.Zero) await Task.Delay(wait, time, cancellationToken);
    }

    /// <summary>What store and folder say together, which leads to the keys in use.</summary>
    private static async Task<KeyHistory> JudgeAsync(NodeFolder folder, NodeIdentity identity, IPeerStore store, CancellationToken cancellationToken)
    {
        var first = (await store.ListAsync(cancellationToken)).SingleOrDefault(card => card.Card.PartnerId == identity.Partner.Value) ?? identity.Keys.First;
        var kept = (await store.ListKeyEventsAsync(cancellationToken)).Where(one => one.PartnerId == identity.Partner.Value);
        var history = KeyHistory.Of(first).WithAll([.. kept, .. identity.Keys.Events]);
        if (history.Current.Id == identity.Card.Id) return history;
        throw new InvalidDataException(
            history.Conflict is { } conflict ? $"'{folder.Path}' and the store know two changes of one node card ({conflict.Known.Previous.Id}): were the keys changed again after an old backup of the folder was restored?"
            : history.Cards.Any(card => card.Id == identity.Card.Id) ? $"'{folder.Path}' holds keys of this node that were replaced (card {identity.Card.Id}; the one in use is {history.Current.Id}): was an old backup of the folder restored?"
            : $"The store does not know how this node came to its keys (card {identity.Card.Id}; it knows {history.Current.Id}): was an old backup of the database restored?");
    }
}
