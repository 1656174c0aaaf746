using System.Security.Cryptography;
using SsaShare.Domain;

namespace SsaShare.Exchange.Tests;

public sealed class SealedRecordTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(72)]
    [InlineData(1_024)]
    [InlineData(1_025)]
    [InlineData(SealedRecord.LongestPayloadBytes)]
    public void Id_OfAnyPayload_IsTheHashOfContextClassOriginatorAndPayload(int length)
    {
        byte[] payload = RandomNumberGenerator.GetBytes(length);
        byte[] hash = SHA256.HashData([.. "ssashare/record/v1\n"u8, (byte)RecordClass.Sensor, 7, .. "pacific"u8, .. payload]);
        Assert.Equal(new RecordId(hash), SealedRecord.ComputeId(RecordClass.Sensor, Sample.Pacific, payload));
        Assert.NotEqual(new RecordId(hash), SealedRecord.ComputeId(RecordClass.Observation, Sample.Pacific, payload));
    }

    [Fact]
    public void Id_OfTheSamePayloadFromAnother_IsAnother()
    {
        var genuine = Sample.Record(Sample.Pacific);
        var copied = SealedRecord.Seal(genuine.Payload, genuine.Label, genuine.Facts with { Originator = Sample.Caribbean });
        Assert.NotEqual(genuine.Id, copied.Id);
        Assert.NotEqual(SealedRecord.ComputeId(RecordClass.Sensor, PartnerId.Parse("abc"), "d"u8), SealedRecord.ComputeId(RecordClass.Sensor, PartnerId.Parse("ab"), "cd"u8));
    }

    [Fact]
    public void Id_OfTheLongestOriginator_IsComputed()
        => Assert.NotEqual(default, SealedRecord.ComputeId(RecordClass.Sensor, PartnerId.Parse(new string('a', 32)), new byte[1_024]));
}
