package org.regionalpacs.consumer.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.regionalpacs.dicom.data.Attributes;
import org.regionalpacs.dicom.data.Tag;

class HeaderAttributesTest {

  @Test
  void givenAnEnhancedObject_whenRead_thenWhatAllFramesShareIsThereAsIfAtTheTop() {
    Attributes header = new Attributes();
    Attributes measures = new Attributes();
    measures.setString(Tag.PixelSpacing, "0.5", "0.25").setString(Tag.SliceThickness, "3");
    Attributes shared = new Attributes();
    shared.newSequence(Tag.PixelMeasuresSequence).add(measures);
    header.newSequence(Tag.SharedFunctionalGroupsSequence).add(shared);

    assertThat(HeaderAttributes.of(header))
        .containsEntry("PixelSpacing", "0.5\\0.25")
        .containsEntry("SliceThickness", "3");
    header.setString(Tag.SliceThickness, "4");
    assertThat(HeaderAttributes.of(header)).containsEntry("SliceThickness", "4");
  }

  @Test
  void givenACodeOfTheRequestingService_whenThereIsNoName_thenItIsTheMeaningOfTheCode() {
    Attributes header = new Attributes();
    Attributes code = new Attributes();
    code.setString(Tag.CodeValue, "309939001").setString(Tag.CodeMeaning, "Palliative care");
    header.newSequence(Tag.RequestingServiceCodeSequence).add(code);

    assertThat(HeaderAttributes.of(header)).containsEntry("RequestingService", "Palliative care");
    header.setString(Tag.RequestingService, "Ward 7");
    assertThat(HeaderAttributes.of(header)).containsEntry("RequestingService", "Ward 7");
  }
}
