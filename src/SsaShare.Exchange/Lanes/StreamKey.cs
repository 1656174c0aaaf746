using SsaShare.Agreements;
using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>
/// One run of pulls: what one partner gives another under one agreement, in one priority. Each has a cursor, an inbox row and a chain of
/// manifests of its own, so that nothing urgent waits for an answer of bulk data.
/// </summary>
/// <param name="Agreement">Under which.</param>
/// <param name="Peer">The other side: the provider of what this node pulls, the reader of what it gives.</param>
/// <param name="Priority">Which publications.</param>
public readonly record struct StreamKey(AgreementId Agreement, PartnerId Peer, FeedPriority Priority);
