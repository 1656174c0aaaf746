using SsaShare.Exchange;

namespace SsaShare.Scenario.Tests.Simulation;

/// <summary>The stores of one node, of either kind.</summary>
internal sealed record StorePorts(TimeProvider Time, IPublicationStore Publications, IOutbox Outbox, IRelayFeed Relays, IInbox Inbox, INodeLog Log, IAgreementStore Agreements, IPeerStore Peers)
{
    public static StorePorts Of(SimDatabase database, TimeProvider time)
        => new(time, new SimPublicationStore(database, time), new SimOutbox(database, time), new SimRelayFeed(database), new SimInbox(database, time), new SimNodeLog(database, time),
            new SimAgreementStore(database, time), new SimPeerStore(database, time));
}
