using SsaShare.Domain;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>What a receiver signs when a batch is stored: that it has exactly what the manifest lists.</summary>
/// <param name="Type">"ssashare/receipt/v1".</param>
/// <param name="Manifest">SHA-256 of the manifest's payload.</param>
/// <param name="Receiver">Who signs.</param>
/// <param name="ItemCount">Records received and verified.</param>
/// <param name="ItemRoot">Root over their leaf hashes, computed by the receiver.</param>
/// <param name="Received">When they were stored.</param>
public sealed record ReceiptDocument(string Type, Hash256 Manifest, PartnerId Receiver, int ItemCount, Hash256 ItemRoot, Epoch Received) : IOpenDocument;
