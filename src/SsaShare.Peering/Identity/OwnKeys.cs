using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Peering;

/// <summary>What a node's store and folder say of its own keys, brought together at every start before anything else is read.</summary>
public static class OwnKeys
{
    /// <summary>Writes down the node's first card and a change that was just carried out, each with its log entry, and makes sure that folder and store tell the same history.</summary>
    /// <exception cref="InvalidDataException">They do not: one of them was restored from a backup.</exception>
    /// <returns>The change that was just carried out; null when there was none.</returns>
    public static async Task<KeyEvent?> RecordAsync(NodeFolder folder, NodeIdentity identity, IPeerStore store, CancellationToken cancellationToken)
    {
        var waiting = KeyChange.ReadWaiting(folder);
        await store.KeepOwnAsync(waiting?.Previous ?? identity.Card, cancellationToken);
        if (waiting is not null) await store.SaveKeyEventAsync(waiting, isOwn: true, cancellationToken);
        var history = await ReadAsync(identity, store, cancellationToken);
        if (history.Current.Id != identity.Card.Id)
        {
            throw new InvalidDataException(history.Cards.Any(card => card.Id == identity.Card.Id)
                ? $"'{folder.Path}' holds keys of this node that were replaced (card {identity.Card.Id}; the one in use is {history.Current.Id}): was an old backup of the folder restored?"
                : $"The store does not know how this node came to its keys (card {identity.Card.Id}; it knows {history.Current.Id}): was an old backup of the database restored?");
        }
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

    private static async Task<KeyHistory> ReadAsync(NodeIdentity identity, IPeerStore store, CancellationToken cancellationToken)
    {
        var first = (await store.ListAsync(cancellationToken)).Single(card => card.Card.PartnerId == identity.Partner.Value);
        var events = await store.ListKeyEventsAsync(cancellationToken);
        return KeyHistory.Of(first).WithAll(events.Where(one => one.PartnerId == identity.Partner.Value));
    }
}
